"""Plans beside HiGHS (scipy.optimize.milp): the same villages, candidates and pairs, one script.

    cargo build --release
    python3 benches/peers/plan.py [--size 2000] [--radius-km 5] [--sites 20] [--time 60] [--seed 1]

Needs numpy and scipy. Points lie around valleys, seeded. HiGHS gets the usual formulation: a village counts only
if a site that serves it is chosen. Pairs are found by earth-centred chords, so that a pair within a millimetre
of the circle may differ from the program's geodesics. Prints value, bound and seconds of both as JSON.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial import cKDTree

PROGRAM = pathlib.Path(os.environ.get("PHUSONG", "target/release/phusong"))
SEMI_MAJOR_M, FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS84, NIMA TR8350.2
SOUTH, NORTH, WEST, EAST = 18.6, 19.8, 104.2, 105.38
VALLEYS, SPREAD_DEG, SCATTERED = 76, 0.06, 0.22


def points(n, valleys, random):
    found = np.empty((0, 2))
    while len(found) < n:
        near = valleys[random.integers(len(valleys), size=n)] + SPREAD_DEG * random.normal(size=(n, 2))
        anywhere = random.uniform((SOUTH, WEST), (NORTH, EAST), size=(n, 2))
        more = np.where(random.random((n, 1)) < SCATTERED, anywhere, near)
        inside = ((more >= (SOUTH, WEST)) & (more <= (NORTH, EAST))).all(axis=1)
        found = np.vstack([found, more[inside]])
    return found[:n]


def ecef(lat_lon):
    lat, lon = np.radians(lat_lon).T
    e2 = FLATTENING * (2 - FLATTENING)
    n = SEMI_MAJOR_M / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.column_stack(
        [n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1 - e2) * np.sin(lat)]
    )


def highs(villages, candidates, radius_m, sites, seconds):
    lists = cKDTree(ecef(villages)).query_ball_point(ecef(candidates), radius_m)
    n, m = len(candidates), len(villages)
    columns = np.repeat(np.arange(n), [len(row) for row in lists])
    rows = np.concatenate([np.asarray(row, dtype=np.int64) for row in lists])
    serves = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(m, n))
    # Candidates first, then villages: served(v) <= sum of its sites; at most so many sites.
    linked = LinearConstraint(sparse.hstack([-serves, sparse.identity(m)]), ub=0)
    few = LinearConstraint(sparse.csr_matrix(np.r_[np.ones(n), np.zeros(m)]), ub=sites)
    whole = np.r_[np.ones(n), np.zeros(m)]
    start = time.process_time()
    found = milp(
        np.r_[np.zeros(n), -np.ones(m)],
        constraints=[linked, few],
        integrality=whole,
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    return {
        "value": None if found.fun is None else round(-found.fun),
        "upper_bound": -found.mip_dual_bound,
        "cpu_s": time.process_time() - start,
        "status": found.message,
    }


def phusong(folder, villages, candidates, options):
    for name, column, points in (("V.csv", "village_id", villages), ("C.csv", "site_id", candidates)):
        lines = (f"{name[0]}{i},{lat!r},{lon!r}" for i, (lat, lon) in enumerate(points.tolist()))
        (folder / name).write_text(f"{column},lat,lon\n" + "\n".join(lines) + "\n")
    command = [PROGRAM, "--threads", "1", "plan", "--villages", folder / "V.csv", "--candidates", folder / "C.csv"]
    command += ["--radius-km", str(options.radius_km), "--sites", str(options.sites)]
    command += ["--time", f"{options.time}s", "-o", folder, "--show", "0"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    plan = json.loads((folder / "plan.json").read_text())
    return {key: plan[key] for key in ("value", "upper_bound", "gap", "status", "seconds")}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--size", type=int, default=2_000, help="villages, and as many candidates")
    options.add_argument("--radius-km", type=float, default=5.0)
    options.add_argument("--sites", type=int, default=20)
    options.add_argument("--time", type=float, default=60.0, help="limit for each, s")
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is missing: cargo build --release")
    random = np.random.default_rng(options.seed)
    valleys = random.uniform((SOUTH, WEST), (NORTH, EAST), size=(VALLEYS, 2))
    villages, candidates = points(options.size, valleys, random), points(options.size, valleys, random)
    with tempfile.TemporaryDirectory() as folder:
        ours = phusong(pathlib.Path(folder), villages, candidates, options)
    peer = highs(villages, candidates, options.radius_km * 1000, options.sites, options.time)
    print(json.dumps({"versions": {"scipy": scipy.__version__}, "phusong": ours, "HiGHS": peer}, indent=2))
    if peer["value"] is not None and ours["upper_bound"] < peer["value"]:
        sys.exit("the bound is below a plan that HiGHS found")


if __name__ == "__main__":
    main()
