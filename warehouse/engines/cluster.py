"""A Spark standalone cluster on this machine: a master and two workers on the loopback interface."""

import os
import re
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import FilmotecaError
from warehouse.processes import kill_with_parent

WORKERS = 2
START_SECONDS = 60.0
DAEMON_MEMORY = "256m"
"""Heap of the master and of each worker. The executors that the workers start have their own."""
_ADDRESS = re.compile(r"Starting Spark master at (spark://\S+)")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The address of a running master, and the file of settings that its clients need."""

    master: str
    properties_file: Path


@contextmanager
def local_cluster(spark_home: Path, folder: Path, memory_megabytes: int) -> Iterator[Cluster]:
    """Start a master and two workers, and stop them at the end. They die with this process, even if it is killed.

    Args:
        spark_home: The folder of Spark, such as that of the package pyspark.
        folder: An empty folder for logs and temporary files.
        memory_megabytes: Memory of the executor of each worker.
    """
    # A secret keeps other users of this machine from running code on the cluster. A file keeps it out of `ps`.
    properties = folder / "spark.properties"
    properties.touch(mode=0o600)
    properties.write_text(f"spark.authenticate true\nspark.authenticate.secret {secrets.token_hex()}\n", "utf-8")
    processes: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(str(spark_home / "bin" / "spark-class"), f"org.apache.spark.deploy.{arguments[0]}"),
                    *("--host", "127.0.0.1", "--webui-port", "0", "--properties-file", str(properties), *arguments[1:]),
                ],
                env={**os.environ, "SPARK_DAEMON_MEMORY": DAEMON_MEMORY, "SPARK_LOCAL_IP": "127.0.0.1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=kill_with_parent(os.getpid()),  # noqa: PLW1509 (safe: no other thread runs yet)
            )
        processes.append(process)
        return process

    try:
        master = _wait_for_address(start("master", "master.Master", "--port", "0"), folder / "master.log")
        cores = max(1, (os.cpu_count() or 1) // WORKERS)
        for number in range(1, WORKERS + 1):
            limits = ("--cores", str(cores), "--memory", f"{memory_megabytes}m", "--work-dir", str(folder / "work"))
            start(f"worker-{number}", "worker.Worker", *limits, master)
        yield Cluster(master, properties)
    finally:
        for process in reversed(processes):
            process.kill()
        for process in processes:
            process.wait()


def _wait_for_address(master: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if address := _ADDRESS.search(log.read_text("utf-8", "replace")):
            return address[1]
        if master.poll() is not None:
            break
        time.sleep(0.1)
    lines = "\n".join(log.read_text("utf-8", "replace").splitlines()[-5:])
    raise FilmotecaError(f"the Spark master did not start; the end of its log:\n{lines}")
