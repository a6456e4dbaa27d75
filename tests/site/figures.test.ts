/**
 * What a reader sees is what was measured: every figure on a built page is
 * worked out here anew from the evidence, with nothing of the site's own code.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Evidence, Span, Words } from "./evidence-pages.ts";
import {
  middle,
  notes,
  pageAt,
  percent,
  put,
  read,
  secondPages,
  shown,
  sorted,
  text,
} from "./evidence-pages.ts";
import { expectListing, programFiles } from "./pages.ts";

/** How many broken versions of a program its claims catch. */
interface Score {
  hash: Evidence["hash"];
  caught: number;
  of: number;
  excused: number;
}

test("figures are written as somebody would write them by hand", () => {
  expect(shown(0, "")).toBe("0");
  expect(shown(2.345, "×")).toBe("2.35×");
  expect(shown(1234.5, "ms")).toBe("1,235 ms");
  expect(shown(99.94, "%")).toBe("99.9%");
  expect(shown(-0.3041, "ms")).toBe("-0.304 ms");
  expect(shown(0.000428, "×")).toBe("0.0004×");
  expect(middle([3, 1, 2])).toBe(2);
  expect(middle([4, 1, 2, 3])).toBe(2.5);
});

describe.each(notes.map((note) => [note.path, note] as const))(
  "%s",
  (path, { document, slug, evidence, words }) => {
    const claims = Object.entries(evidence.claims);

    test("gives figure, bound, runs, spread and controls of each claim as measured", () => {
      for (const [id, { unit, bound, subject, controls }] of claims) {
        const proof = document.querySelector(`#claim-${id} + .proof`)!;
        expect(text(proof.querySelector("b")), id).toBe(
          shown(middle(subject), unit),
        );
        const [measured, ...others] = [...proof.querySelectorAll("span")]
          .filter((span) => span.parentElement === proof)
          .map(text);
        const all = sorted(subject);
        const [min, max] = [all[0]!, all.at(-1)!];
        const spread = put(
          min === max ? words["proof"]!["sameRuns"]! : words["proof"]!["runs"]!,
          { n: subject.length, min: shown(min, unit), max: shown(max, unit) },
        );
        expect(measured, id).toBe(
          `${words["proof"]!["bound"]} ${bound.is} ${shown(bound.value, unit)} · ${spread}`,
        );
        const medians = Object.values(controls).map(({ figures }) =>
          shown(middle(figures), unit),
        );
        expect(others, id).toHaveLength(medians.length);
        others.forEach((other, index) => {
          expect(other.endsWith(`: ${medians[index]}`), other).toBe(true);
        });
      }
    });

    test("gives every run on the evidence page: table, dots and the bound's line", () => {
      const page = pageAt(`${path}evidence/`);
      expectTables(page.document, evidence.claims, words);
    });

    test("tells how many broken versions are caught, if those are of this code", () => {
      const file = `src/content/mutation/${slug}.json`;
      const score = existsSync(file) ? read<Score>(file) : undefined;
      // Of the program in TypeScript, whichever the note shows.
      const { hash } = read<Evidence>(`src/content/evidence/${slug}.json`);
      const isOfThis =
        score?.hash.example === hash.example && score.hash.test === hash.test;
      const { mutation, mutationText } = words["evidence"]!;
      const { document } = pageAt(`${path}evidence/`);
      const told = [...document.querySelectorAll("h2")]
        .filter((heading) => text(heading) === mutation)
        .map((heading) => text(heading.nextElementSibling).match(/\d+/g));
      const keys = mutationText!.match(/(?<=\{)(caught|of|excused)(?=\})/g)!;
      const numbers = keys.map((key) => String(score?.[key as keyof Score]));
      expect(keys.toSorted()).toEqual(["caught", "excused", "of"]);
      expect(told).toEqual(isOfThis ? [numbers] : []);
    });
  },
);

test("each second program has a page, in both languages, and no other has", () => {
  const expected = notes.flatMap(({ path, slug }) =>
    programFiles(slug)
      .slice(1)
      .map(({ language }) => `${path}${language}/`),
  );
  expect(expected.length).toBeGreaterThan(0);
  expect(secondPages.map(({ path }) => path)).toEqual(expected.toSorted());
});

describe.each(secondPages.map((page) => [page.path, page] as const))(
  "%s",
  (path, { document, language, slug, program, evidence, words }) => {
    test("shows the program's own text, its command and what it printed", () => {
      const code = document.querySelector(".example > details code")!;
      const source = readFileSync(program.example, "utf8");
      expectListing(code.textContent!, source, language);
      expect(document.querySelector(".cmd code")!.textContent).toBe(
        program.command,
      );
      const output = evidence.output.join("\n");
      expect(document.querySelector("samp")!.textContent).toBe(output);
    });

    test("gives every run of its claims", () => {
      expectTables(document, evidence.claims, words);
    });

    test("is where the note leads to for what it proves too", () => {
      const note = notes.find((one) => `/${language}/${slug}/` === one.path)!;
      const main = read<Evidence>(programFiles(slug)[0]!.evidence).claims;
      for (const [id, { unit, subject }] of Object.entries(evidence.claims)) {
        if (!(id in main)) continue;
        const aside = note.document.querySelector(`#claim-${id} + .proof`)!;
        const link = aside.querySelector(`a[href$="${path}#${id}"]`)!;
        expect(text(link), id).toMatch(/^(Python|TypeScript): /);
        expect(text(link).split(": ")[1], id).toBe(
          shown(middle(subject), unit),
        );
      }
    });
  },
);

test.each(["ko", "en"])(
  "“%s” lists each control as one that fails",
  (language) => {
    const { document } = pageAt(`/${language}/claims/`);
    const rows = [...document.querySelectorAll(".all-claims small")].map(text);
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      expect(row).toMatch(/control “.+” \(fails\): |대조군 ‘.+’\(불통과\): /);
      expect(row).not.toContain("✗");
    }
  },
);

test.each(["ko", "en"])(
  "the first page in “%s” says how many claims were measured, how often, and how many run in every order",
  (language) => {
    const evidence = notes
      .filter((note) => note.language === language)
      .map(({ evidence }) => evidence);
    const measured = evidence.flatMap(({ claims }) => Object.values(claims));
    const explored = evidence.flatMap(({ inEveryOrder = {} }) =>
      Object.keys(inEveryOrder),
    ).length;
    const runs = new Set(measured.map(({ subject }) => subject.length));
    expect(runs.size, "as often as each other").toBe(1);
    const { document } = pageAt(`/${language}/`);
    const told = text(document.querySelector("dl + p")).match(/\d+/g)!;
    expect(told.slice(0, 4).map(Number)).toEqual([
      measured.length + explored,
      measured.length,
      ...runs,
      explored,
    ]);
  },
);

function expectTables(
  document: Document,
  claims: Evidence["claims"],
  words: Words,
): void {
  for (const [id, { unit, bound, subject, controls }] of Object.entries(
    claims,
  )) {
    const section = document.getElementById(id)!;
    const rows = [
      subject,
      ...Object.values(controls).map(({ figures }) => figures),
    ];
    const cells = [...section.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map(text),
    );
    expect(cells, id).toEqual(
      rows.map((figures, index) => [
        String(figures.length),
        shown(Math.min(...figures), unit),
        shown(middle(figures), unit),
        shown(Math.max(...figures), unit),
        index === 0
          ? `✓ ${words["evidence"]!["holds"]}`
          : `✗ ${words["evidence"]!["fails"]}`,
      ]),
    );

    const svg = section.querySelector("svg.distribution")!;
    const all = [...rows.flat(), bound.value];
    const x = placeOn(Math.min(...all), Math.max(...all));
    expect(percent(svg.querySelector("line"), "x1"), id).toBeCloseTo(
      x(bound.value),
      1,
    );
    const dots = [...svg.querySelectorAll("circle")];
    expect(dots, id).toHaveLength(rows.flat().length);
    rows.flat().forEach((figure, index) => {
      expect(percent(dots[index], "cx"), id).toBeCloseTo(x(figure), 1);
    });
  }
}

/** Where a figure lies between two others, in percent, with room at the ends. */
function placeOn(min: number, max: number): (value: number) => number {
  const place = min > 0 && max / min > 50 ? Math.log : Number;
  const width = place(max) - place(min);
  return (value) =>
    2 + 96 * (width === 0 ? 0.5 : (place(value) - place(min)) / width);
}

const drawingsOf = (slug: string) => notes.filter((note) => note.slug === slug);

test("latency: the percentiles, their lines and the columns are those of the samples", () => {
  for (const { document, evidence, language } of drawingsOf("latency")) {
    const figure = document.querySelector("figure.drawing")!;
    const { samples } = evidence.spans.find(
      ({ name }) => name === "mixed: all",
    )!;
    const all = sorted(samples!);
    // The nearest rank: the least figure that so many are no greater than.
    const rank = (share: number) =>
      all.find(
        (figure) =>
          all.filter((one) => one <= figure).length >= share * all.length,
      )!;
    const mean = all.reduce((a, b) => a + b) / all.length;
    const [p50, average, p99] = [rank(0.5), mean, rank(0.99)];
    const marks = [...figure.querySelectorAll("svg > line")];
    const texts = [...figure.querySelectorAll("svg > text")].map(text);
    const until = Number.parseFloat(texts.at(-1)!);
    expect(texts.slice(0, 3)).toEqual([
      `p50 ${Math.round(p50)} ms`,
      `${language === "ko" ? "평균" : "mean"} ${Math.round(average)} ms`,
      `p99 ${Math.round(p99)} ms`,
    ]);
    [p50, average, p99].forEach((at, index) => {
      expect(percent(marks[index], "x1")).toBeCloseTo((100 * at) / until, 1);
    });
    const columns = [...figure.querySelectorAll("rect")].map((rect) => {
      // Drawn rounded, which says which column it is and how many there are.
      const width = until / Math.round(100 / percent(rect, "width"));
      const column = Math.round((percent(rect, "x") / 100) * (until / width));
      const count = all.filter(
        (one) => Math.floor(one / width) === column,
      ).length;
      return { count, height: Number(rect.getAttribute("height")) };
    });
    const most = Math.max(...columns.map(({ count }) => count));
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
    for (const { count, height } of columns) {
      const exact = Math.max(1, (72 * count) / most);
      expect(Math.abs(height - exact)).toBeLessThanOrEqual(0.5);
    }
  }
});

test("throughput: answers a second and the longest latency are those of the spans", () => {
  const tracks = ["one by one", "three callers", "eight callers"];
  for (const { document, evidence } of drawingsOf("throughput")) {
    const figure = document.querySelector("figure.drawing")!;
    const of = (track: string) =>
      evidence.spans.filter((span) => (span.track ?? span.name) === track);
    const loads = tracks.map((track) => {
      const calls = of(track);
      const waits = of(`${track}, waiting`);
      const begun = [...calls, ...waits].map(({ start }) => start);
      const seconds =
        (Math.max(...calls.map(({ end }) => end)) - Math.min(...begun)) / 1000;
      return calls.length / seconds;
    });
    const said = [...figure.querySelectorAll("tspan")].map((tspan) =>
      (text(tspan).match(/\d+/g) ?? []).map(Number),
    );
    expect(said.map(([perSecond]) => perSecond)).toEqual(
      loads.map((load) => Math.round(load)),
    );
    const bars = [...figure.querySelectorAll("rect.l0")];
    expect(bars).toHaveLength(loads.length);
    bars.forEach((bar, index) => {
      const share = (100 * loads[index]!) / Math.max(...loads);
      expect(Math.abs(percent(bar, "width") - share)).toBeLessThan(0.0501);
    });
    const longest = tracks.map((track) =>
      Math.max(...latenciesOf(of(track), of(`${track}, waiting`))),
    );
    expect(said.map(([, ms]) => ms)).toEqual(
      longest.map((ms) => Math.round(ms)),
    );
    const lower = [...figure.querySelectorAll("rect.l1")];
    expect(lower).toHaveLength(longest.length);
    lower.forEach((bar, index) => {
      const share = (100 * longest[index]!) / Math.max(...longest);
      expect(Math.abs(percent(bar, "width") - share)).toBeLessThan(0.0501);
    });
  }
});

/** From asking to the answer: a wait ends where the service of its call begins. */
function latenciesOf(services: Span[], waits: Span[]): number[] {
  const asked = services.map((service) => {
    const away = ({ end }: Span) => Math.abs(end - service.start);
    const [wait] = waits.toSorted((a, b) => away(a) - away(b));
    // Evidence rounds to a microsecond, so that one moment may read as two.
    return wait && away(wait) < 0.0021 ? wait : service;
  });
  const alone = waits.filter((wait) => !asked.includes(wait));
  expect(alone, "waits behind which no service begins").toEqual([]);
  return services.map(({ end }, nth) => end - asked[nth]!.start);
}
