/// What the receiver asks for beyond, or within, EN 16931.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// The European norm alone.
    En16931,
    /// Peppol BIS Billing 3.0.
    Peppol,
    /// The German CIUS, version 3.0.
    XRechnung,
    /// Factur-X or `ZUGFeRD` 2.x, profile EN 16931 (COMFORT): the norm, in CII.
    FacturX,
}

const PEPPOL_PROCESS: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

impl Profile {
    /// BT-24.
    #[must_use]
    pub fn specification(self) -> &'static str {
        match self {
            Self::En16931 | Self::FacturX => "urn:cen.eu:en16931:2017",
            Self::Peppol => "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
            Self::XRechnung => "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
        }
    }

    /// BT-23.
    #[must_use]
    pub fn process(self) -> Option<&'static str> {
        match self {
            Self::En16931 | Self::FacturX => None,
            Self::Peppol | Self::XRechnung => Some(PEPPOL_PROCESS),
        }
    }
}
