//! Requests as odd as a test wants them, and a real socket for what goes wrong below them.

use std::{net::SocketAddr, time::Duration};

use poem::{
    Body, Request, Server,
    http::Method,
    listener::{Acceptor, Listener, TcpListener},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};
use uuid::Uuid;

use crate::{app::TestApp, people::Person, reply::Reply};

/// A server that listens until it is dropped.
pub struct Listening {
    pub address: SocketAddr,
    _server: JoinSet<()>,
}

impl TestApp {
    /// Any bytes as a body, with any headers; `who` adds theirs.
    pub async fn raw(
        &self,
        who: Option<&Person>,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri_str(path);
        if let Some(person) = who {
            request = request.header("authorization", format!("Bearer {}", person.token));
            request = request.header("org", person.org.unwrap_or(Uuid::nil()).to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Reply::read(self.call(request.body(body)).await).await
    }

    /// One file in the field `file`, as a browser sends it.
    pub async fn upload(&self, who: &Person, method: Method, path: &str, name: &str, content: &[u8]) -> Reply {
        let form = form(&[("file", name, content)]);
        self.raw(Some(who), method, path, &[("content-type", FORM)], form).await
    }

    /// The same server on a free port of this machine.
    pub async fn listen(&self) -> Listening {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a free port");
        let address = *acceptor.local_addr()[0].as_socket_addr().expect("an address");
        let mut server = JoinSet::new();
        let app = self.app.clone();
        server.spawn(async move { Server::new_with_acceptor(acceptor).run(app).await.expect("a server") });
        Listening { address, _server: server }
    }
}

/// The type of what [`form`] makes.
pub const FORM: &str = "multipart/form-data; boundary=x";

/// A form of files: field, file name, content.
#[must_use]
pub fn form(files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut form = Vec::new();
    for (field, name, content) in files {
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        form.extend_from_slice(head.as_bytes());
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(b"--x--\r\n");
    form
}

impl Listening {
    /// Sends `head`, then `chunk` again and again as a chunked body that never ends, until there is an answer, at most
    /// `most` times. The answer as it came, and how many chunks went out before it.
    pub async fn pour(&self, head: &str, chunk: &[u8], most: usize) -> (String, usize) {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("a head");
        let (mut reader, mut writer) = stream.into_split();
        let size = format!("{:x}\r\n", chunk.len());
        let mut poured = 0;
        let mut answer = vec![0; 64 * 1024];
        let pouring = async {
            while poured < most {
                let sent = [size.as_bytes(), chunk, b"\r\n"].concat();
                if writer.write_all(&sent).await.is_err() {
                    break;
                }
                poured += 1;
            }
            std::future::pending::<()>().await;
        };
        let read = tokio::select! {
            read = tokio::time::timeout(Duration::from_secs(20), reader.read(&mut answer)) => read,
            () = pouring => unreachable!("it never ends"),
        };
        let read = read.expect("an answer in time").expect("an answer");
        (String::from_utf8_lossy(&answer[..read]).into_owned(), poured)
    }
}
