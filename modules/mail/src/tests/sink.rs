use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A small SMTP server on a free loopback port that keeps what it gets and can be told to misbehave.
pub struct Sink {
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
}

#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Each RCPT command's argument.
    pub recipients: Vec<String>,
    /// Every command line, so that a smuggled one is seen.
    pub commands: Vec<String>,
    /// The message with dots unstuffed.
    pub content: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Kind,
    /// Answers this line to a command, by its first word.
    Answers(&'static str, &'static str),
    /// Closes the connection after a command, by its first word; "." is the end of the content.
    HangsUpAfter(&'static str),
}

impl Sink {
    #[expect(clippy::disallowed_methods, reason = "the runtime of the test ends the task")]
    pub async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(session(stream, mood, Arc::clone(&shared)));
            }
        });
        Self { port, taken }
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn session(stream: TcpStream, mood: Mood, taken: Arc<Mutex<Vec<Taken>>>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    write.write_all(b"220 sink ESMTP\r\n").await.ok()?;
    let mut mail = Taken::default();
    loop {
        let line = next(&mut lines).await?;
        mail.commands.push(line.clone());
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        if mood == Mood::HangsUpAfter(word.clone().leak()) {
            return None;
        }
        let answer = match (mood, word.as_str()) {
            (Mood::Answers(to, answer), word) if to == word => answer,
            (_, "EHLO") => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8",
            (_, "DATA") => "354 go on",
            (_, "QUIT") => "221 bye",
            (_, "MAIL" | "RCPT" | "NOOP" | "RSET") => "250 ok",
            _ => "500 what?",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        match word.as_str() {
            "RCPT" if answer.starts_with('2') => mail.recipients.push(line[8..].to_owned()),
            "DATA" if answer.starts_with('3') => {
                mail.content = content(&mut lines).await?;
                if mood == Mood::HangsUpAfter(".") {
                    return None;
                }
                let answer = if let Mood::Answers(".", answer) = mood { answer } else { "250 taken" };
                if answer.starts_with('2') {
                    taken.lock().unwrap_or_else(PoisonError::into_inner).push(std::mem::take(&mut mail));
                }
                write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
            }
            "QUIT" => return Some(()),
            _ => {}
        }
    }
}

async fn content<R: tokio::io::AsyncBufRead + Unpin>(lines: &mut R) -> Option<String> {
    let mut content = String::new();
    loop {
        let line = next(lines).await?;
        if line == "." {
            return Some(content);
        }
        content.push_str(line.strip_prefix('.').unwrap_or(&line));
        content.push_str("\r\n");
    }
}

async fn next<R: tokio::io::AsyncBufRead + Unpin>(lines: &mut R) -> Option<String> {
    let mut line = String::new();
    let length = lines.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}
