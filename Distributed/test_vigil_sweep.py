#!/usr/bin/env python3
"""Shows that Spark and one machine come to the same results, and that a lost worker changes nothing.

    python3 test_vigil_sweep.py VIGIL KNOWLEDGE RULES EXPORT AS_OF [--lose-worker]

Sweeps EXPORT with the program on this machine, then with Spark: `local-cluster[2,1,1024]`, two executors in processes of their own.
With --lose-worker one executor is killed with SIGKILL while tasks run. The sorted results must be equal.
"""
import glob
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pyspark

HERE = os.path.dirname(os.path.abspath(__file__))


def executors():
    """Processes that are executors of Spark on this machine, youngest last."""
    found = []
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            words = open(folder + "/cmdline", "rb").read()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in words:
            found.append(int(folder.split("/")[-1]))
    return sorted(found)


def lose_worker(killed, running):
    """Waits until a partition is being swept, then kills one executor."""
    while running.is_set():
        sweeping = subprocess.run(["pgrep", "-f", "sweep - --out -"], capture_output=True, text=True).stdout.split()
        victims = executors()
        if sweeping and victims:
            os.kill(victims[0], signal.SIGKILL)
            killed.append(victims[0])
            return
        time.sleep(0.05)


def main():
    vigil, knowledge, rules, export, as_of = sys.argv[1:6]
    loses = "--lose-worker" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        alone = f"{folder}/alone"
        status = subprocess.run(
            [vigil, "sweep", export, "--out", alone, "--as-of", as_of, "--knowledge", knowledge, "--rules", rules, "--report", "ndjson", "--quiet"]
        ).returncode
        assert status in (0, 1), f"vigil sweep ended with {status}"
        expected = sorted(open(f"{alone}/results.ndjson", encoding="utf-8").read().splitlines())

        environment = dict(os.environ, SPARK_HOME=os.path.dirname(pyspark.__file__), PYSPARK_PYTHON=sys.executable)
        command = [
            os.path.join(os.path.dirname(pyspark.__file__), "bin", "spark-submit"), "--master", "local-cluster[2,1,1024]",
            "--conf", "spark.task.maxFailures=8", "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1",
            "--conf", "spark.driver.bindAddress=127.0.0.1", f"{HERE}/vigil_sweep.py", export, f"{folder}/spark", "--as-of", as_of,
            "--vigil", os.path.abspath(vigil), "--knowledge", os.path.abspath(knowledge), "--rules", os.path.abspath(rules), "--partitions", "8",
        ]
        killed, running = [], threading.Event()
        running.set()
        killer = threading.Thread(target=lose_worker, args=(killed, running), daemon=True)
        if loses:
            killer.start()
        log = open(f"{folder}/spark.log", "w+", encoding="utf-8")
        status = subprocess.run(command, env=environment, stdout=log, stderr=log).returncode
        running.clear()
        if status != 0:
            log.seek(0)
            sys.exit(f"spark-submit ended with {status}:\n{log.read()[-6000:]}")
        got = sorted(
            line for part in glob.glob(f"{folder}/spark/results/part-*") for line in open(part, encoding="utf-8").read().splitlines())
        if loses and not killed:
            sys.exit("no executor was killed: the test shows nothing")
        if got != expected:
            first = next(((a, b) for a, b in zip(expected, got) if a != b), None)
            sys.exit(f"{len(expected)} lines expected, {len(got)} came; first difference: {first}")
        print(f"{len(got)} results, equal to those of one machine" + (f"; executor {killed[0]} was killed" if killed else ""))


if __name__ == "__main__":
    main()
