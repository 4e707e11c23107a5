#!/usr/bin/env python3
"""Sweeps a FHIR export on Apache Spark: partitions it by patient and pipes each partition through `vigil sweep`.

Spark schedules, shuffles and retries; Vigil evaluates. The results are those of `vigil sweep` on one machine, line for line after
sorting, whatever the number of partitions and however often a worker was lost.

    spark-submit vigil_sweep.py EXPORT OUT --as-of 2026-12-31 --vigil /opt/vigil/vigil --rules /opt/vigil/Rules \\
        --knowledge /opt/vigil/knowledge.sqlite --partitions 200

EXPORT is a folder (or any URI that Spark reads) of NDJSON files, packed or not: resources one a line, or Bundles one a line.
OUT receives `results/` (NDJSON, a line for each patient and rule) and `rejects/` (a JSON line for each line that was set aside).
The program, the rules and the knowledge file must lie at the same path on every worker; `--files` or a container image puts them there.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading

from pyspark import StorageLevel
from pyspark.sql import SparkSession

TYPE = re.compile(r'^\{"resourceType":"([A-Za-z]+)"')
SUBJECT = re.compile(r'"(?:subject|patient)":\{"reference":"([^"\\]+)"')
PATIENT_ID = re.compile(r'^\{"resourceType":"Patient","id":"([^"\\]+)"')
# Resources that belong to nobody and that others refer to: every partition gets them.
SHARED = {"Medication", "Substance", "Location"}


def resource_type(line):
    """The type of the resource on a line; `None` where it cannot be told."""
    found = TYPE.match(line)
    if found:
        return found.group(1)
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value.get("resourceType") if isinstance(value, dict) else None


def owner(line):
    """What keeps the lines of one patient together: the patient's id, or the line itself where none is named."""
    kind = resource_type(line)
    if kind == "Patient":
        found = PATIENT_ID.match(line)
        if found:
            return found.group(1)
    elif kind is not None and kind != "Bundle" and '"contained"' not in line:
        found = SUBJECT.search(line)
        if found:
            return identifier(found.group(1))
    try:
        value = json.loads(line)
    except ValueError:
        return line
    if not isinstance(value, dict):
        return line
    if kind == "Patient":
        return value.get("id") or line
    if kind == "Bundle":
        for entry in value.get("entry") or []:
            resource = entry.get("resource") or {}
            if resource.get("resourceType") == "Patient":
                return resource.get("id") or identifier(entry.get("fullUrl") or line)
        return line
    reference = (value.get("subject") or value.get("patient") or {}).get("reference")
    return identifier(reference) if reference else line


def identifier(reference):
    """The id in `Patient/1`, `https://ehr.example/fhir/Patient/1/_history/2` or `urn:uuid:1`."""
    reference = reference.split("/_history")[0]
    return re.split(r"[/:]", reference)[-1]


def swept(arguments, shared):
    """A function that pipes the lines of one partition through `vigil sweep`."""

    def run(lines):
        # An empty partition has nothing to say.
        first = next(lines, None)
        if first is None:
            return
        with tempfile.TemporaryFile() as errors, tempfile.NamedTemporaryFile(suffix=".ndjson") as rejects:
            process = subprocess.Popen(
                arguments + ["--rejects", rejects.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)

            def feed():
                try:
                    for line in shared.value:
                        process.stdin.write(line.encode() + b"\n")
                    process.stdin.write(first.encode() + b"\n")
                    for line in lines:
                        process.stdin.write(line.encode() + b"\n")
                except BrokenPipeError:
                    pass
                finally:
                    process.stdin.close()

            feeder = threading.Thread(target=feed, daemon=True)
            feeder.start()
            for result in process.stdout:
                yield "R" + result.decode().rstrip("\n")
            feeder.join()
            status = process.wait()
            # 1: lines were set aside. Anything else is a failure, and Spark tries the partition again.
            if status not in (0, 1):
                errors.seek(0)
                raise RuntimeError(f"vigil sweep ended with {status}: {errors.read().decode(errors='replace')[-2000:]}")
            for line in open(rejects.name, encoding="utf-8"):
                yield "X" + line.rstrip("\n")

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", help="folder of NDJSON files, or any path that Spark reads")
    parser.add_argument("out", help="folder of the results; must not exist")
    parser.add_argument("--as-of", required=True, help="the day of the sweep, such as 2026-12-31")
    parser.add_argument("--period", help="the measurement period, such as 2026-01-01..2026-12-31")
    parser.add_argument("--vigil", default="vigil", help="the program on the workers")
    parser.add_argument("--rules", action="append", help="rule folder on the workers; may be given several times")
    parser.add_argument("--knowledge", help="knowledge file on the workers")
    parser.add_argument("--rule", action="append", default=[], help="only this rule; may be given several times")
    parser.add_argument("--partitions", type=int, default=0, help="how many partitions; three a core unless given")
    given = parser.parse_args()

    spark = SparkSession.builder.appName("vigil sweep").getOrCreate()
    context = spark.sparkContext
    partitions = given.partitions or 3 * context.defaultParallelism
    path = given.export.rstrip("/")
    lines = context.textFile(path if "*" in path else path + "/*.ndjson*").filter(lambda line: line.strip() != "")

    # What kinds the export holds: a kind that it lacks is not checked, and a partition that happens to lack it must not say so.
    kinds = sorted(kind for kind in lines.map(resource_type).distinct().collect() if kind)
    shared = context.broadcast(sorted(lines.filter(lambda line: resource_type(line) in SHARED).collect()))

    arguments = [given.vigil, "sweep", "-", "--out", "-", "--quiet", "--workers", "1", "--as-of", given.as_of]
    arguments += ["--period", given.period] if given.period else []
    arguments += ["--knowledge", given.knowledge] if given.knowledge else []
    for option, values in (("--rules", given.rules or []), ("--rule", given.rule), ("--holds", kinds)):
        for value in values:
            arguments += [option, value]

    results = (
        lines.filter(lambda line: resource_type(line) not in SHARED)
        .map(lambda line: (owner(line), line))
        .partitionBy(partitions)
        .values()
        .mapPartitions(swept(arguments, shared))
        .persist(StorageLevel.DISK_ONLY)
    )
    results.filter(lambda line: line[0] == "R").map(lambda line: line[1:]).saveAsTextFile(given.out + "/results")
    results.filter(lambda line: line[0] == "X").map(lambda line: line[1:]).saveAsTextFile(given.out + "/rejects")
    print(json.dumps({"results": results.filter(lambda line: line[0] == "R").count(), "partitions": partitions, "kinds": kinds}))
    spark.stop()


if __name__ == "__main__":
    sys.exit(main())
