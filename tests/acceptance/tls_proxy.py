"""A real TLS proxy in front of the served program: it ends HTTPS, and says so, as any such proxy does."""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OWN_HEADERS = ("connection", "content-length", "transfer-encoding", "date", "server")  # those that the proxy sets


class _Forwarder(BaseHTTPRequestHandler):
    """Hands each request on to the program, with the scheme and the address of who asked."""

    upstream = 0

    def forward(self) -> None:
        """The program's answer, as it is."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        inner = http.client.HTTPConnection("127.0.0.1", self.upstream)
        stated = {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.client_address[0], "Connection": "close"}
        inner.request(self.command, self.path, body, dict(self.headers) | stated)
        answer = inner.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OWN_HEADERS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        inner.close()

    do_GET = do_POST = forward

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def open_tls_proxy(upstream: int, folder: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """The port of a proxy before the program at a port, and what trusts its certificate."""
    certificate = _write_certificate(folder)
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate)
    handler = type("Forwarder", (_Forwarder,), {"upstream": upstream})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = inside.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port, ssl.create_default_context(cafile=certificate)
        server.shutdown()
        thread.join()


def _write_certificate(folder: Path) -> Path:
    """A certificate for this machine, signed by itself, in one file with its key."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    since = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251 (both ends of the connection read the same clock)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=30))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, pem = folder / "proxy.pem", serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(pem, *plain) + certificate.public_bytes(pem))
    return file
