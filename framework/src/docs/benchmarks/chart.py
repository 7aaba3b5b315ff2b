#!/usr/bin/env python3
"""Makes the tables and the chart of benchmarks.md out of raw results of the bench.

    chart.py medians RESULTS.jsonl > throughput.tsv    the median over the rounds of each work and server
    chart.py table throughput.tsv                      a Markdown table for each work
    chart.py svg throughput.tsv > throughput.svg       the chart
"""
import json
import statistics
import sys

WORKS = {
    "echo-64-c100": "echo 64 B, 100 connections",
    "echo-64-c100-p16": "the same, 16 in flight",
    "echo-64-c1000": "echo 64 B, 1 000 connections",
    "text-64-c100-p16": "echo text 64 B, 16 in flight",
    "echo-16k-c50": "echo 16 KiB, 50 connections",
    "echo-1m-c4": "echo 1 MiB, 4 connections",
    "deflate-1k-c100": "permessage-deflate 1 KiB, 100 connections",
    "broadcast-1000": "broadcast to 1 000",
    "http-c100": "HTTP page, 100 connections",
}
OURS = "loomsocket"
COLUMNS = ("per_s", "p50_us", "p99_us", "p999_us", "server_us_per_msg")


def medians(raw):
    runs = {}
    for line in raw:
        run = json.loads(line)
        if run.get("work") in WORKS and not run["errors"]:
            runs.setdefault((run["work"], run["label"]), []).append(run)
    print("work", "server", *COLUMNS, "rounds", sep="\t")
    for (work, server), of in sorted(runs.items(), key=lambda item: (list(WORKS).index(item[0][0]), item[0][1])):
        print(work, server, *(f"{statistics.median(run[c] for run in of):.2f}" for c in COLUMNS), len(of), sep="\t")


def read(lines):
    """work -> server -> column -> value"""
    head, *rows = (line.rstrip("\n").split("\t") for line in lines)
    results = {}
    for row in rows:
        values = dict(zip(head, row))
        results.setdefault(values["work"], {})[values["server"]] = {c: float(values[c]) for c in COLUMNS}
    return results


def peers(servers):
    return {name: values for name, values in servers.items() if not name.startswith(OURS)}


def best(servers):
    return max(values["per_s"] for values in peers(servers).values())


def table(results):
    for work, servers in results.items():
        print(f"\n### {WORKS[work]}\n")
        print("| server | msg/s | to the best peer | p50 µs | p99 µs | p99.9 µs | server's CPU µs/msg |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        for name, v in sorted(servers.items(), key=lambda item: -item[1]["per_s"]):
            print(f"| {name} | {v['per_s']:,.0f} | {v['per_s'] / best(servers):.2f} | {v['p50_us']:,.0f} | {v['p99_us']:,.0f} "
                  f"| {v['p999_us']:,.0f} | {v['server_us_per_msg']:.2f} |")


def svg(results):
    bar, gap, left, width, top = 11, 16, 290, 780, 46
    longest = max(v["per_s"] / best(servers) for servers in results.values() for v in servers.values())
    scale = (width - left - 60) / longest
    y, out = top, []
    for work, servers in results.items():
        shown = [OURS, *sorted(peers(servers), key=lambda name: -servers[name]["per_s"])[:4]]
        out.append(f'<text x="{left - 12}" y="{y + bar * len(shown) / 2 + 4}" text-anchor="end" class="w">{WORKS[work]}</text>')
        for name in shown:
            ratio = servers[name]["per_s"] / best(servers)
            kind = "ours" if name == OURS else "peer"
            out.append(f'<rect x="{left}" y="{y}" width="{max(1, ratio * scale):.1f}" height="{bar - 2}" class="{kind}"/>')
            out.append(f'<text x="{left + ratio * scale + 5:.1f}" y="{y + bar - 3}" class="{kind} l">{name} {ratio:.2f}</text>')
            y += bar
        y += gap
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 60} {y}" font-family="system-ui, sans-serif">')
    print("<style>.w{font-size:12px;fill:#24292f}.l{font-size:9px}.peer{fill:#9aa4ae}.ours{fill:#1a7f64}"
          ".peer.l{fill:#57606a}.ours.l{font-weight:600}</style>")
    print(f'<rect width="{width + 60}" height="{y}" fill="#fff"/>')
    print('<text x="14" y="24" font-size="14" font-weight="600" fill="#24292f">Messages a second; the best of the other Java servers is 1</text>')
    print(f'<line x1="{left + scale:.1f}" y1="{top - 6}" x2="{left + scale:.1f}" y2="{y - gap}" stroke="#d0d7de"/>')
    print("\n".join(out))
    print("</svg>")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("medians", "table", "svg"):
        sys.exit(__doc__)
    with open(sys.argv[2], encoding="utf-8") as file:
        if sys.argv[1] == "medians":
            medians(file)
        else:
            {"table": table, "svg": svg}[sys.argv[1]](read(file))
