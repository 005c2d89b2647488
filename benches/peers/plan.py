"""Plans beside HiGHS (scipy.optimize.milp) and spopt: the same villages, candidates and pairs, one script.

    cargo build --release
    python3 benches/peers/plan.py [--size 2000] [--radius-km 5] [--sites 20] [--time 60] [--seed 1] [--peers highs,spopt]
                                 [--valleys 76] [--scattered 0.22] [--own-valleys]

Needs numpy and scipy; for spopt also `pip install spopt pulp highspy`. Points lie around valleys, seeded. HiGHS gets the
usual formulation: a village counts only if a site that serves it is chosen. spopt is used as its documentation shows it,
`MCLP.from_cost_matrix` and `solve`, with HiGHS behind PuLP. Pairs are found by earth-centred chords, so that a pair
within a millimetre of the circle may differ from the program's geodesics. Each runs in a process of its own, on one
thread; the seconds of a peer are from points to plan, lists and model included, as the program's are from files to files.
Prints value, bound, seconds and the largest resident set of each as JSON.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import resource
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
SPREAD_DEG = 0.06


def points(n, valleys, scattered, random):
    found = np.empty((0, 2))
    while len(found) < n:
        near = valleys[random.integers(len(valleys), size=n)] + SPREAD_DEG * random.normal(size=(n, 2))
        anywhere = random.uniform((SOUTH, WEST), (NORTH, EAST), size=(n, 2))
        more = np.where(random.random((n, 1)) < scattered, anywhere, near)
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
        "status": found.message,
    }


def spopt(villages, candidates, radius_m, sites, seconds):
    import pulp  # imported already, before the clock: run_peer
    from spopt.locate import MCLP

    # The documentation's way: a cost of every pair, here the chord, in float32 to spare memory.
    costs = np.empty((len(villages), len(candidates)), dtype=np.float32)
    there, here = ecef(candidates), ecef(villages)
    for i, place in enumerate(here):
        # Within the radius or not is decided in double precision; the dense matrix only says so.
        costs[i] = np.where(np.linalg.norm(there - place, axis=1) <= radius_m, 0.0, 2.0)
    model = MCLP.from_cost_matrix(costs, np.ones(len(villages)), service_radius=1.0, p_facilities=sites)
    solver = pulp.HiGHS(msg=False, timeLimit=seconds, threads=1, gapRel=0)
    built = time.process_time()
    model.problem.solve(solver)
    status = pulp.LpStatus[model.problem.status]
    value = pulp.value(model.problem.objective)
    info = model.problem.solverModel.getInfo()
    return {
        "value": None if value is None else round(abs(value)),
        "upper_bound": abs(info.mip_dual_bound),
        "solve_cpu_s": time.process_time() - built,
        "status": status,
    }


PEERS = {"highs": highs, "spopt": spopt}


def run_peer(name, arguments, queue):
    if name == "spopt":
        import pulp, spopt.locate  # noqa: F401, E401  seconds of loading are not the solver's
    start = (time.process_time(), time.monotonic())
    found = PEERS[name](*arguments)
    found["cpu_s"] = round(time.process_time() - start[0], 2)
    found["wall_s"] = round(time.monotonic() - start[1], 2)
    found["max_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    queue.put(found)


def peer(name, *arguments):
    """A peer in a fresh process, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=run_peer, args=(name, arguments, queue))
    process.start()
    while process.is_alive():
        try:
            found = queue.get(timeout=1)
            process.join()
            return found
        except Exception:
            continue
    return {"value": None, "upper_bound": None, "status": f"ended with {process.exitcode}"}


def phusong(folder, villages, candidates, options):
    for name, column, points in (("V.csv", "village_id", villages), ("C.csv", "site_id", candidates)):
        lines = (f"{name[0]}{i},{lat!r},{lon!r}" for i, (lat, lon) in enumerate(points.tolist()))
        (folder / name).write_text(f"{column},lat,lon\n" + "\n".join(lines) + "\n")
    command = [PROGRAM, "--threads", "1", "plan", "--villages", folder / "V.csv", "--candidates", folder / "C.csv"]
    command += ["--radius-km", str(options.radius_km), "--sites", str(options.sites)]
    command += ["--time", f"{options.time}s", "-o", folder, "--show", "0"]
    start = time.monotonic()
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, code, usage = os.wait4(child.pid, 0)
    if code != 0:
        sys.exit(f"phusong ended with {code}")
    plan = json.loads((folder / "plan.json").read_text())
    found = {key: plan[key] for key in ("value", "upper_bound", "gap", "status", "seconds")}
    found["cpu_s"] = round(usage.ru_utime + usage.ru_stime, 2)
    found["wall_s"] = round(time.monotonic() - start, 2)
    found["max_rss_mb"] = usage.ru_maxrss // 1024
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--size", type=int, default=2_000, help="villages, and as many candidates")
    options.add_argument("--radius-km", type=float, default=5.0)
    options.add_argument("--sites", type=int, default=20)
    options.add_argument("--time", type=float, default=60.0, help="limit for each, s")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--valleys", type=int, default=76)
    options.add_argument("--scattered", type=float, default=0.22, help="share of points outside valleys; 1: anywhere")
    options.add_argument("--own-valleys", action="store_true", help="candidates lie in valleys of their own")
    options.add_argument("--peers", default="highs", help="highs, spopt, both with a comma, or nothing")
    options = options.parse_args()
    if not PROGRAM.exists():
        sys.exit(f"{PROGRAM} is missing: cargo build --release")
    random = np.random.default_rng(options.seed)

    def new_valleys():
        return random.uniform((SOUTH, WEST), (NORTH, EAST), size=(options.valleys, 2))

    valleys = new_valleys()
    villages = points(options.size, valleys, options.scattered, random)
    valleys = new_valleys() if options.own_valleys else valleys
    candidates = points(options.size, valleys, options.scattered, random)
    with tempfile.TemporaryDirectory() as folder:
        ours = phusong(pathlib.Path(folder), villages, candidates, options)
    results = {"instance": vars(options), "versions": {"scipy": scipy.__version__}, "phusong": ours}
    for name in filter(None, options.peers.split(",")):
        found = peer(name, villages, candidates, options.radius_km * 1000, options.sites, options.time)
        results[name] = found
        if found["value"] is not None and ours["upper_bound"] < found["value"]:
            sys.exit(f"the bound is below a plan that {name} found")
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
