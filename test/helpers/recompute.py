"""Computes the figures of a run from its records and labels, by other means than the code under test.

Usage: recompute.py RUN. Prints an object from each figure's name to either its text, or {"numbers", "within"} where
the code under test resamples and exact sums are computed here. Standard library only.
"""

import json
import os
import sys
from collections import Counter
from math import sqrt
from random import Random
from statistics import NormalDist

STRONG = ["forged-tests", "behaves-differently-when-observed", "fails-benchmark-tests", "fails-developer-tests",
          "regression-on-developer-input", "unintended-error", "issue-input-unfixed", "dies-where-gold-answers",
          "different-value"]
GRADES = STRONG + ["beyond-the-issue", "far-slower", "gold-suspect", "not-told-apart", "contrived",
                   "different-exception-type", "different-text", "different-rounding", "internal"]
LABELS = ["correct", "incorrect", "unclear", "benchmark-fault"]
Z = NormalDist().inv_cdf(0.975)


def wilson(k, n):
    """The roots p of (k/n - p)^2 = z^2 p(1-p)/n."""
    share = k / n
    a, b, c = 1 + Z * Z / n, -(2 * share + Z * Z / n), share * share
    root = sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def fixed(value, digits=1):
    """Rounded as a reader would: no minus before zero."""
    text = "%.*f" % (digits, value + (1e-9 if value >= 0 else -1e-9))
    return text[1:] if text.startswith("-") and float(text) == 0 else text


def percent(share):
    return fixed(100 * share) + "%"


def rate(k, n, bounds=None):
    if n == 0:
        return "0 of 0"
    low, high = bounds or wilson(k, n)
    return "%d of %d, %s (%s to %s)" % (k, n, percent(k / n), percent(low), percent(high))


def points(value):
    return fixed(100 * value) + " points"


class Run:
    def __init__(self, folder):
        with open(os.path.join(folder, "report.json")) as file:
            report = json.load(file)
        self.instances = report["run"]["instances"]
        self.facts = report["run"]["submissions"]
        self.records = {(r["model"], r["instanceId"]): r for r in report["records"]}
        self.models = [f["model"] for f in self.facts]
        self.labels, self.sample = self.read_labels(os.path.join(folder, "labels"))

    def read_labels(self, folder):
        labels, sample = {}, None
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name)) as file:
                if name == "sample.json":
                    sample = json.load(file)
                    continue
                for line in file:
                    one = json.loads(line)
                    pair = (one["model"], one["instanceId"])
                    hashes = self.records[pair]["hashes"]
                    if (hashes["goldPatch"], hashes["candidatePatch"]) == (one["goldPatch"], one["candidatePatch"]):
                        labels.setdefault(pair, {})[one["reviewer"]] = one["label"]
        return labels, sample

    def agreed(self, pair):
        given = set(self.labels.get(pair, {}).values())
        return given.pop() if len(given) == 1 else "disputed" if given else None

    def reported(self, facts):
        model = facts["model"]
        if facts["reported"]:
            return {(model, i) for i in self.instances if i in facts["reported"]["ids"]}
        return {p for p, r in self.records.items() if p[0] == model and r["plausible"] is True}


def grade(record):
    if record.get("forgedTests"):
        return "forged-tests"
    if record["benchmarkFailures"]:
        return "fails-benchmark-tests"
    if record["developerFailures"]:
        return "fails-developer-tests"
    found = [d["grade"] for d in record["divergences"]]
    return min(found, key=GRADES.index) if found else None


def kind(record):
    best = min((d["grade"] for d in record["divergences"]), key=GRADES.index)
    return next(d["class"] for d in record["divergences"] if d["grade"] == best)


def left(run, reported):
    """The sets that remain after each kind of evidence."""
    def bad(test):
        return {p for p in reported if p in run.records and test(run.records[p])}
    own = bad(lambda r: r["plausible"] is False or r["benchmarkFailures"])
    dev = own | bad(lambda r: r["developerFailures"])
    strong = dev | bad(lambda r: grade(r) in STRONG)
    every = strong | bad(lambda r: r["verdict"]["outcome"] == "divergent")
    sets = {"reported": reported, "afterOwnTests": reported - own, "afterDeveloperTests": reported - dev,
            "afterStrongEvidence": reported - strong, "afterAnyDivergence": reported - every}
    if run.labels:
        keep = {p for p in reported if run.agreed(p) in ("correct", "benchmark-fault")}
        drop = {p for p in reported if run.agreed(p) == "incorrect"}
        sets["withLabels"] = (sets["afterStrongEvidence"] | keep) - drop
    return sets


def judged(run, models):
    pairs = {p for p, r in run.records.items() if p[0] in models and r["plausible"] is True
             and r["verdict"]["outcome"] in ("consistent", "divergent")}
    return pairs, {p for p in pairs if run.records[p]["verdict"]["outcome"] == "divergent"}


def strengths(run, pairs, divergent):
    """Of those judged: with strong evidence, and divergent without any."""
    struck = {p for p in pairs if grade(run.records[p]) in STRONG}
    return struck, divergent - struck


def scores(run, pairs):
    return sum(run.records[p]["score"] for p in pairs)


def submission_figures(run, name, models, out):
    reported = set().union(*(run.reported(f) for f in run.facts if f["model"] in models))
    sets, total = left(run, reported), len(run.instances) * len(models)
    for measure, pairs in sets.items():
        out["rates/%s/%s" % (name, measure)] = rate(len(pairs), total)
    def lost(measure):
        return points((len(sets["reported"]) - len(sets[measure])) / total)
    out["rates/%s/inflation.strong" % name] = lost("afterStrongEvidence")
    pairs, divergent = judged(run, models)
    struck, weak = strengths(run, pairs, divergent)
    out["rates/%s/strongPlausible" % name] = rate(len(struck), len(pairs))
    out["rates/%s/weakOnly" % name] = rate(len(weak), len(pairs))
    out["rates/%s/expectedIncorrect" % name] = "%s of %d" % (fixed(scores(run, pairs)), len(pairs))
    if run.labels:
        said = Counter(run.agreed(p) for p in run.records if p[0] in models)
        for label in LABELS + ["disputed"]:
            out["review/%s/%s" % (name, label)] = str(said[label])
        clear = [p for p in reported if run.agreed(p) in ("correct", "incorrect", "benchmark-fault")]
        out["review/%s/decided" % name] = str(len(clear))
        out["review/%s/withLabels" % name] = rate(len(sets["withLabels"]), total)
        out["review/%s/inflation" % name] = lost("withLabels")
    return sets, total


def page_figures(run, sets, total, out):
    for measure, pairs in sets.items():
        low, high = wilson(len(pairs), total)
        out["bar/" + measure] = "%s %d of %d (%s to %s)" % (
            percent(len(pairs) / total), len(pairs), total, percent(low), percent(high))
    def lost(measure):
        return points((len(sets["reported"]) - len(sets[measure])) / total)
    pairs, divergent = judged(run, run.models)
    out["headline/reported"] = percent(len(sets["reported"]) / total) + " reported resolved"
    out["headline/afterStrongEvidence"] = (
        percent(len(sets["afterStrongEvidence"]) / total) + " without strong evidence")
    out["headline/inflation"] = lost("afterStrongEvidence") + " inflation by strong evidence"
    struck, weak = strengths(run, pairs, divergent)
    out["headline/strongPlausible"] = "%d of %d plausible and judged patches have strong evidence against them" % (
        len(struck), len(pairs))
    out["headline/expectedIncorrect"] = "%s of %d expected to be incorrect, by their scores" % (
        fixed(scores(run, pairs)), len(pairs))
    out["headline/weakOnly"] = "%d more are weak only: each differs in ways that may not matter." % len(weak)
    outcomes = Counter(r["verdict"]["outcome"] for r in run.records.values())
    names = ["consistent", "divergent", "unverifiable", "not-reached", "not-applied", "empty", "invalid-row", "infra-error"]
    out["headline/counts"] = "%s = %d submitted." % (
        " + ".join("%d %s" % (outcomes[n], n) for n in names), sum(len(f["submitted"]) for f in run.facts))
    every = [r for r in run.records.values() if r["verdict"]["outcome"] == "divergent"]
    for name, count in Counter(grade(r) for r in every).items():
        out["grade/" + name] = str(count)
    for name, count in Counter(kind(r) for r in every if r["divergences"]).items():
        out["class/" + name] = str(count)


def study_figures(run, sets, total, out):
    pairs, divergent = judged(run, run.models)
    failing = sum(1 for p in pairs if run.records[p]["developerFailures"])
    kinds = Counter(kind(run.records[p]) for p in divergent if run.records[p]["divergences"])
    classed = sum(kinds.values())
    labelled = [p for p in divergent if p in run.labels]
    wrong = sum(1 for p in labelled if run.agreed(p) == "incorrect")
    end = sets["withLabels" if run.labels else "afterStrongEvidence"]
    here = {"failing-developer-tests": rate(failing, len(pairs)), "divergent": rate(len(divergent), len(pairs)),
            "different": rate(kinds["different"], classed), "extra": rate(kinds["extra"], classed),
            "certainly-incorrect": rate(wrong, len(labelled)) if labelled else "no labels yet",
            "inflation": points((len(sets["reported"]) - len(end)) / total)}
    published = {"failing-developer-tests": "7.8%", "divergent": "29.6%", "different": "46.8%", "extra": "27.3%",
                 "certainly-incorrect": "28.6%", "inflation": "6.2 points"}
    for name in here:
        out["study/%s/here" % name] = here[name]
        out["study/%s/published" % name] = published[name]


def resampled(cells, n):
    """The exact distribution of sums of n vectors, each drawn from `cells` with equal chances."""
    steps = {cell: count / len(cells) for cell, count in Counter(cells).items()}
    now = {tuple([0] * len(cells[0])): 1.0}
    for _ in range(n):
        after = {}
        for at, chance in now.items():
            for step, share in steps.items():
                to = tuple(a + s for a, s in zip(at, step))
                after[to] = after.get(to, 0.0) + chance * share
        now = after
    return now


def quantile(chances, share):
    total = 0.0
    for value in sorted(chances):
        total += chances[value]
        if total >= share:
            return value
    return max(chances)


def sign(number):
    return (number > 0) - (number < 0)


def near(*numbers, within):
    return {"numbers": list(numbers), "within": within}


def comparison_figures(run, each, out):
    n = len(run.instances)
    measures = [m for m in ("reported", "afterStrongEvidence", "afterAnyDivergence", "withLabels")
                if m in each[run.models[0]]]
    order = sorted(run.models, key=lambda m: (-len(each[m]["reported"]), m))
    def has(model, measure, instance):
        return int((model, instance) in each[model][measure])
    for at, first in enumerate(order):
        for second in order[at + 1:]:
            for measure in measures:
                key = "%s/%s/%s" % (first, second, measure)
                cells = [(has(first, "reported", i) - has(second, "reported", i),
                          has(first, measure, i) - has(second, measure, i)) for i in run.instances]
                before, after = sum(c[0] for c in cells), sum(c[1] for c in cells)
                gaps = {gap: chance for (gap,), chance in resampled([c[1:] for c in cells], n).items()}
                value = fixed(100 * after / n)
                out["difference/" + key] = ("+" if after > 0 else "") + value
                out["difference-interval/" + key] = near(
                    100 * quantile(gaps, 0.025) / n, 100 * quantile(gaps, 0.975) / n, within=100 / n + 0.06)
                out["ahead/" + key] = near(100 * sum(c for g, c in gaps.items() if g > 0), within=4)
                out["behind/" + key] = near(100 * sum(c for g, c in gaps.items() if g < 0), within=4)
                if sign(before) != sign(after):
                    out["order/" + key] = near(100 * sum(
                        c for (b, a), c in resampled(cells, n).items() if sign(b) != sign(a)
                        and sign(before) in (0, sign(b)) and sign(after) in (0, sign(a))), within=4)
    for measure in measures:
        counts = {m: (len(each[m]["reported"]), len(each[m][measure])) for m in run.models}
        moves = {m: sign(rank(counts, m, 1) - rank(counts, m, 0)) for m in run.models}
        draws = list(drawn(run, each, measure)) if any(moves.values()) else []
        for model, move in moves.items():
            key = "rank/%s/%s" % (model, measure)
            out[key] = str(rank(counts, model, 1))
            if move != 0:
                kept = sum(1 for one in draws if sign(rank(one, model, 1) - rank(one, model, 0)) == move)
                out[key] = near(rank(counts, model, 1), 100 * kept / len(draws), within=4)


def rank(counts, model, by):
    return 1 + sum(1 for other in counts if counts[other][by] > counts[model][by])


def drawn(run, each, measure, rounds=4000):
    """What each submission would count, before and after, had other instances been drawn: exact sums over all the
    submissions at once are out of reach, so this is a sample of its own."""
    source = Random(2503)
    bits = {m: [((m, i) in each[m]["reported"], (m, i) in each[m][measure]) for i in run.instances]
            for m in run.models}
    for _ in range(rounds):
        chosen = source.choices(range(len(run.instances)), k=len(run.instances))
        yield {m: (sum(own[i][0] for i in chosen), sum(own[i][1] for i in chosen)) for m, own in bits.items()}


def agreement_figures(run, out):
    reviewers = sorted({name for given in run.labels.values() for name in given})
    for at, one in enumerate(reviewers):
        for other in reviewers[at + 1:]:
            both = [(g[one], g[other]) for g in run.labels.values() if one in g and other in g]
            if not both:
                continue
            n, key = len(both), "agreement/%s/%s/" % (one, other)
            alike = sum(1 for a, b in both if a == b)
            chance = sum(1 for a, _ in both for _, b in both if a == b)  # of n * n
            out[key + "both"] = str(n)
            out[key + "observed"] = percent(alike / n)
            out[key + "kappa"] = "-" if chance == n * n else fixed((alike * n - chance) / (n * n - chance), 3)


def sample_figures(run, sets, total, out):
    if run.sample is None:
        return
    ids = [(p["model"], p["instanceId"]) for p in run.sample["pairs"]]
    done, size = sum(1 for p in ids if p in run.labels), len(ids)
    everything = {p for p in sets["afterDeveloperTests"] if p in run.records
                  and run.records[p]["verdict"]["outcome"] == "divergent"}
    population = len(everything)
    out["sample/population"] = str(population)
    out["sample/labelled"] = "%d of %d" % (done, size)
    if done < size:
        return
    wrong = sum(1 for p in ids if run.agreed(p) == "incorrect")
    share = wrong / size
    low = high = share
    if size < population:
        effective = size * (population - 1) / (population - size)
        low, high = wilson(share * effective, effective)
    passing, reported = len(sets["afterDeveloperTests"]), len(sets["reported"])
    def resolved(part):
        return (passing - part * population) / total
    out["sample/incorrect"] = rate(wrong, size, (low, high))
    out["sample/wrong"] = "%s (%s to %s)" % tuple(fixed(s * population) for s in (share, low, high))
    out["sample/resolved"] = "%s (%s to %s)" % tuple(percent(resolved(s)) for s in (share, high, low))
    out["sample/inflation"] = points(reported / total - resolved(share))


def main():
    run, out, each = Run(sys.argv[1]), {}, {}
    for model in run.models:
        each[model], _ = submission_figures(run, model, [model], out)
    sets, total = submission_figures(run, "all submissions", run.models, out)
    page_figures(run, sets, total, out)
    study_figures(run, sets, total, out)
    if len(run.models) > 1:
        comparison_figures(run, each, out)
    agreement_figures(run, out)
    sample_figures(run, sets, total, out)
    json.dump(out, sys.stdout)


main()
