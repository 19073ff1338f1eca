"""Run dbt on Spark, in the process that owns the Spark session: `python -m warehouse.engines.spark`.

The build starts this as a child process. It prints dbt's log, one JSON event per line.
"""

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pyspark
from dbt.cli.main import dbtRunner

from warehouse.engines.cluster import local_cluster
from warehouse.engines.raw_tables import register_raw_tables
from warehouse.engines.session import register_literal_reader, report_error, start_session, watch_cluster
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings
from warehouse.transform import BUILD, dbt_arguments


def run(settings: Settings, master: str, multi_line: Sequence[str]) -> bool:
    """Run dbt on a cluster, or on one of its own if `master` is empty; return whether it succeeded."""
    folder = settings.spark_folder
    local = folder / "local"
    local.mkdir(parents=True)
    os.environ["SPARK_LOCAL_DIRS"] = os.environ["TMPDIR"] = str(
        local
    )  # so that a killed build leaves nothing elsewhere
    memory = settings.spark_memory_megabytes
    session_settings = {"spark.driver.extraJavaOptions": f'-Djava.io.tmpdir="{local}"'}
    with ExitStack() as stack:
        if not master:
            cluster = stack.enter_context(local_cluster(Path(pyspark.__path__[0]), folder, memory))
            master = cluster.master
            os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
            os.environ["PYSPARK_SUBMIT_ARGS"] = (
                f"--properties-file {shlex.quote(str(cluster.properties_file))} pyspark-shell"
            )
            session_settings["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
        session = start_session(master, settings.spark_output, memory, session_settings)
        stack.callback(session.stop)
        watch_cluster(session, master)
        register_literal_reader(session, settings.dbt_project / "plugins")
        raw_folder = settings.configured_raw_folder or settings.sample_folder
        register_raw_tables(session, raw_folder, folder / "raw", multi_line)
        return bool(dbtRunner().invoke(dbt_arguments(settings, *BUILD, target="spark")).success)


def main(arguments: Sequence[str]) -> int:
    """Run dbt on Spark; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.engines.spark", description=__doc__)
    parser.add_argument("--master", default="", help="address of a cluster (default: one is started for this run)")
    parser.add_argument("--multi-line", action="append", default=[], metavar="SOURCE")
    options = parser.parse_args(arguments)
    try:
        return 0 if run(Settings.from_environment(), options.master, options.multi_line) else 1
    except FilmotecaError as error:
        report_error(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
