"""The set-up of docs/production.md, section 3, with the very lines of that page: only folders and ports are others."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.store.conftest import Server

__all__ = ["HOST", "ROOT", "Installation", "blocks", "installation", "missing_programs"]

HOST = "plans.example.org"
ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "production.md"
PATIENCE = 30.0
# What a distribution's own /etc/nginx/nginx.conf puts around a site, as far as it matters here.
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-start.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def blocks(kind: str) -> list[str]:
    """The blocks of code of one kind on the page, in their order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def missing_programs() -> list[str]:
    """What has to be installed besides PostgreSQL."""
    return [name for name in ("nginx", "openssl") if shutil.which(name) is None]


def swapped(text: str, changes: dict[str, str]) -> str:
    """The text with each of these replaced; one that is not there any more is a change of the page to be looked at."""
    for old, new in changes.items():
        assert old in text, f"docs/production.md no longer says {old!r} where it is expected"
        text = text.replace(old, new)
    return text


class Installation:
    """gunicorn with two workers on PostgreSQL, behind nginx with a certificate of its own."""

    def __init__(self, folder: Path, database: Server, workers: int = 2) -> None:
        self.folder, self.database, self.workers = folder, database, workers
        self.data = folder / "data"
        self.data.mkdir(mode=0o700)
        self.plain, self.tls, self.inner = free_ports(3)
        self.certificate, self.log = folder / "certificate.pem", folder / "gunicorn.log"
        database._run("createuser", "-h", str(database.folder), "-U", "keeper", "finance-kit")
        self.make_database()
        settings, more = (text for text in blocks("sh") if "FINANCE_KIT_" in text and not text.startswith("#!"))
        changes = {"/var/lib/finance-kit": str(self.data)}
        (folder / "finance-kit.env").write_text(
            swapped(settings, changes) + swapped(more, {"/run/postgresql": str(database.folder)}), "utf-8"
        )
        self.address = f"postgresql+psycopg://keeper@/finance-kit?host={database.folder}"
        self.nginx: subprocess.Popen[bytes] | None = None
        self.gunicorn: subprocess.Popen[bytes] | None = None

    def make_database(self, name: str = "finance-kit") -> None:
        """An empty database, as the page has it made."""
        command = next(line for line in PAGE.read_text("utf-8").splitlines() if "createdb" in line).split()
        command[-1] = name
        where = ["-h", str(self.database.folder), "-U", "keeper"]
        self.database._run("createdb", *where, *command[command.index("createdb") + 1 :])

    # ------------------------------------------------------------------------------------------------- commands

    def as_service(self, script: str) -> list[str]:
        """A command with the settings of the service, as a shell reads them."""
        return ["sh", "-c", f"set -a; . {self.folder}/finance-kit.env; {script}"]

    def environment(self) -> dict[str, str]:
        """What the service has besides its settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FINANCE_KIT_")}
        kept.pop("DATABASE_URL", None)
        return kept | {"PYTHONPATH": str(ROOT), "HOME": str(self.data)}

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``finance-kit`` as the page's wrapper runs it."""
        wrapper = next(text for text in blocks("sh") if "exec sudo" in text)
        changes = {
            "sudo -H -u finance-kit ": "",
            "/var/lib/finance-kit": str(self.data),
            "/etc/finance-kit.env": str(self.folder / "finance-kit.env"),
            "/opt/finance-kit/bin/finance-kit": f"{sys.executable} -m finance_kit",
        }
        return self._script("finance-kit", swapped(wrapper, changes), *arguments)

    def copy(self) -> subprocess.CompletedProcess[str]:
        """The nightly copy as the page has it."""
        script = next(text for text in blocks("sh") if "pg_dump" in text)
        return self._script("finance-kit-copy", swapped(script, {"/var/lib/finance-kit": str(self.data)}))

    def _script(self, name: str, text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        file = self.folder / name
        file.write_text(text, "utf-8")
        file.chmod(0o755)
        environment = self.environment() | {
            "PGHOST": str(self.database.folder),
            "PGUSER": "finance-kit",
            "PATH": f"{self.database.programs}:{os.environ['PATH']}",
        }
        return subprocess.run(
            [str(file), *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    def bring_back(self) -> str:
        """The newest copy in an empty database, with the commands of the page; the address of that database."""
        line = next(line for line in PAGE.read_text("utf-8").splitlines() if " pg_restore --exit-on-error" in line)
        options = swapped(line.split(" pg_restore ")[1], {" finance-kit ": " again "}).split()[:-1]
        self.make_database("again")
        newest = max((self.data / "backups").glob("*.dump"))
        environment = self.environment() | {"PGHOST": str(self.database.folder), "PGUSER": "finance-kit"}
        program = str(self.database.programs / "pg_restore")
        subprocess.run([program, *options, str(newest)], env=environment, check=True, timeout=60)
        return self.address.replace("/finance-kit?", "/again?")

    # ------------------------------------------------------------------------------------------------- the servers

    def start(self) -> None:
        """The certificate, the proxy and the workers, until they can serve."""
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
             "-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
        self.start_nginx()
        self.start_gunicorn()

    def start_nginx(self) -> None:
        """The proxy with the site of the page."""
        site = swapped(
            blocks("nginx")[0],
            {
                "listen 443 ": f"listen 127.0.0.1:{self.tls} ",
                "listen 80;": f"listen 127.0.0.1:{self.plain};",
                "127.0.0.1:8765": f"127.0.0.1:{self.inner}",
                f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(self.certificate),
                f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(self.folder / "key.pem"),
                "/var/log/nginx/error.log": f"{self.folder}/nginx-error.log",
            },
        )
        (self.folder / "site.conf").write_text(site, "utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        around = AROUND.format(folder=self.folder, user=user)
        (self.folder / "nginx.conf").write_text(around, "utf-8")
        command = ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        self.nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until(lambda: listens(self.tls))

    def start_gunicorn(self) -> None:
        """The workers with the command of the page."""
        unit = next(text for text in blocks("ini") if "gunicorn" in text).replace("\\\n", " ")
        line = next(line for line in unit.splitlines() if line.startswith("ExecStart=/")).partition("=")[2]
        changes = {
            "/opt/finance-kit/bin/gunicorn": f"{sys.executable} -m gunicorn",
            "127.0.0.1:8765": f"127.0.0.1:{self.inner}",
            "--workers 4": f"--workers {self.workers}",
        }
        with self.log.open("ab") as lines:
            self.gunicorn = subprocess.Popen(
                self.as_service(f"exec {swapped(line, changes)}"),
                env=self.environment(),
                cwd=self.folder,
                stdout=lines,
                stderr=lines,
            )
        wait_until(lambda: listens(self.inner), self.gunicorn)

    def reload(self) -> None:
        """As by ``systemctl reload``."""
        assert self.gunicorn is not None
        assert any("ExecReload=/bin/kill -s HUP $MAINPID" in text for text in blocks("ini"))
        self.gunicorn.send_signal(1)

    def stop_gunicorn(self) -> float:
        """As by ``systemctl stop`` with ``KillMode=mixed``; the seconds it took."""
        assert self.gunicorn is not None
        began = time.monotonic()
        self.gunicorn.terminate()
        self.gunicorn.wait(timeout=PATIENCE)
        return time.monotonic() - began

    def stop(self) -> None:
        """End what was started."""
        for process in (self.gunicorn, self.nginx):
            if process is not None and process.poll() is None:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=15)
                if process.poll() is None:
                    process.kill()
                    process.wait()

    def trust(self) -> ssl.SSLContext:
        """What a browser needs to take the certificate."""
        return ssl.create_default_context(cafile=str(self.certificate))


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def listens(port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(holds: object, process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait for a server, unless it has ended."""
    end = time.monotonic() + PATIENCE
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "it does not come up"
        assert process is None or process.poll() is None, "it ended at once"
        time.sleep(0.05)


@contextmanager
def installation(folder: Path, database: Server, workers: int = 2) -> Iterator[Installation]:
    """The whole set-up, running."""
    made = Installation(folder, database, workers)
    try:
        made.start()
        yield made
    finally:
        made.stop()
