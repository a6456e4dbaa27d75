/**
 * What a reader sees of a claim in every order is what was explored: numbers of
 * orders and verdicts are worked out here anew from the evidence, with nothing
 * of the site's own code.
 */
import { describe, expect, test } from "vitest";
import type { OrderClaim, Orders, ShownPage, Step } from "./evidence-pages.ts";
import { notes, pageAt, percent, put, shown, text } from "./evidence-pages.ts";

const explored = notes.filter(
  ({ evidence }) => Object.keys(evidence.inEveryOrder ?? {}).length > 0,
);

test("notes of both languages are proven in every order", () => {
  const languages = explored.map(({ language }) => language);
  expect(new Set(languages)).toEqual(new Set(["ko", "en"]));
});

const KEEPS: Record<string, (figure: number, value: number) => boolean> = {
  "=": (figure, value) => figure === value,
  "≥": (figure, value) => figure >= value,
  "≤": (figure, value) => figure <= value,
  ">": (figure, value) => figure > value,
  "<": (figure, value) => figure < value,
};

/** What did not end has no figure, and breaks every bound. */
const keeps = ({ bound }: OrderClaim, figure: number | null) =>
  figure !== null && KEEPS[bound.is]!(figure, bound.value);

/** 137,846,528,820; `null` where there is no end of them. */
const grouped = (orders: string | null) =>
  orders?.replace(/\B(?=(\d{3})+$)/g, ",");

/** How a page tells of one claim. */
function tellerOf({ words, says }: ShownPage, claim: OrderClaim) {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    put(words["orders"]![key]!, values);
  const count = (orders: string | null) => grouped(orders) ?? say("endless");
  const brokenOf = ({ outcomes }: Orders) =>
    outcomes
      .filter(({ figure }) => !keeps(claim, figure))
      .reduce((sum, { orders }) => sum + BigInt(orders!), 0n);
  const who = ({ who: n }: Step, { of, count }: Orders) =>
    n > count
      ? say("beside", { n: n - count })
      : say(of === "tasks" ? "task" : "thread", { n });
  const deed = ({ kind, cell, value = 0 }: Step) => {
    if (kind === "goes on") return say("goesOn");
    const isPlain = kind === "read" || kind === "write";
    if (cell === undefined) return isPlain ? say(kind, { value }) : says(kind);
    return isPlain
      ? say(`${kind}Cell`, { cell, value })
      : say("operation", { kind: `Atomics.${kind}`, cell });
  };
  const inAll = ({ orders }: Orders) =>
    orders === null ? say("inEndless") : say("inAll", { n: count(orders) });
  const inSome = (program: Orders) =>
    program.orders === null
      ? say("failsEndless")
      : say("fails", {
          broken: count(String(brokenOf(program))),
          n: count(program.orders),
        });
  const { of, count: n, lateness: ms } = claim.subject;
  const ends: Record<string, string> = {
    stuck: say("stuck"),
    endless: say("neverEnds"),
  };
  return {
    count,
    bound: `${claim.bound.is} ${shown(claim.bound.value, claim.unit)}`,
    /** The subject's orders, and in how many each control breaks the bound. */
    subject: inAll(claim.subject),
    controls: Object.entries(claim.controls).map(
      ([name, control]) =>
        `${put(words["proof"]!["control"]!, { name: says(name) })} ${inSome(control)}`,
    ),
    scope: ms === undefined ? say(of, { n }) : say("lateTasks", { n, ms }),
    /** How it ends, in how many orders, and whether the bound holds there. */
    row: ({ figure, end, orders }: Orders["outcomes"][number]) => [
      figure === null ? (ends[end!] ?? end) : shown(figure, claim.unit),
      count(orders),
      keeps(claim, figure)
        ? `✓ ${words["evidence"]!["holds"]}`
        : `✗ ${words["evidence"]!["fails"]}`,
    ],
    who,
    /** "writes 1; task 2 reads 1": by whom only where it is another. */
    does: (step: Step, orders: Orders) =>
      [step, ...(step.also ?? [])]
        .map((one, nth, all) => {
          if (nth === 0) return deed(one);
          if (one.who === all[nth - 1]!.who) return `, ${deed(one)}`;
          return `; ${say("told", { who: who(one, orders), does: deed(one) })}`;
        })
        .join(""),
  };
}

/** The subject and its controls, as the page names them. */
function programsOf({ words, says }: ShownPage, claim: OrderClaim) {
  const { subject, control, leavesOut } = words["evidence"]!;
  return [
    { name: subject!, leavesOut: "", orders: claim.subject },
    ...Object.entries(claim.controls).map(([name, orders]) => ({
      name: `${control}: ${says(name)}`,
      leavesOut: put(leavesOut!, { leavesOut: says(orders.leavesOut) }),
      orders,
    })),
  ];
}

/** The tables of how the programs end, with a bar for each end's share. */
function expectEnds(section: Element, note: ShownPage, claim: OrderClaim) {
  const tell = tellerOf(note, claim);
  expect(text(section.querySelector(".figure-of b"))).toBe(tell.bound);
  expect(text(section.querySelector(".figure-of + p"))).toBe(
    put(note.words["orders"]!["means"]!, { scope: tell.scope }),
  );
  const tables = [...section.querySelectorAll("table.orders")];
  const programs = programsOf(note, claim);
  expect(tables).toHaveLength(programs.length);
  programs.forEach(({ name, leavesOut, orders }, nth) => {
    const table = tables[nth]!;
    expect(text(table.querySelector("caption"))).toBe(
      `${name}: ${tell.count(orders.orders)}${leavesOut}`,
    );
    const rows = [...table.querySelectorAll("tbody tr")];
    const cells = rows.map(({ children: [end, count, , verdict] }) =>
      [end, count, verdict].map(text),
    );
    expect(cells, name).toEqual(orders.outcomes.map(tell.row));
    rows.forEach((row, nth) => {
      const share =
        Number(orders.outcomes[nth]!.orders) / Number(orders.orders);
      const exact = orders.orders === null ? 0 : Math.max(0.5, 100 * share);
      const width = percent(row.querySelector("rect"), "width");
      expect(Math.abs(width - exact), name).toBeLessThan(0.011);
    });
  });
}

/** The shortest orders that fail, each drawn and told step by step. */
function expectWitnesses(section: Element, note: ShownPage, claim: OrderClaim) {
  const tell = tellerOf(note, claim);
  const drawings = [...section.querySelectorAll("svg.order")];
  const failing = programsOf(note, claim).filter(
    ({ orders }) => orders.witness,
  );
  expect(drawings).toHaveLength(failing.length);
  failing.forEach(({ name, orders }, nth) => {
    const drawing = drawings[nth]!;
    expect(text(drawing.previousElementSibling)).toBe(
      put(note.words["orders"]!["witness"]!, { name }),
    );
    const steps = orders.witness!;
    expect(drawing.querySelectorAll("rect")).toHaveLength(steps.length);
    const rows = [
      ...drawing.nextElementSibling!.querySelectorAll("tbody tr"),
    ].map((row) => [...row.children].map(text));
    expect(rows, name).toEqual(
      steps.map((step, index) => [
        String(index + 1),
        tell.who(step, orders),
        tell.does(step, orders),
        String(step.line ?? ""),
      ]),
    );
  });
}

describe.each(explored.map((note) => [note.path, note] as const))(
  "%s",
  (path, note) => {
    const { document, evidence, language, slug, says } = note;
    const claims = Object.entries(evidence.inEveryOrder!);

    test("proves claims of which each control fails in some order", () => {
      for (const [id, claim] of claims) {
        const verdicts = ({ outcomes }: Orders) =>
          outcomes.map(({ figure }) => keeps(claim, figure));
        expect(verdicts(claim.subject), id).not.toContain(false);
        for (const control of Object.values(claim.controls)) {
          expect(verdicts(control), id).toContain(false);
        }
      }
    });

    test("gives bound, orders and controls of each in the note", () => {
      for (const [id, claim] of claims) {
        const tell = tellerOf(note, claim);
        const proof = document.querySelector(`#claim-${id} + .proof`)!;
        expect(text(proof.querySelector("a")), id).toBe(says(claim.figure));
        expect(text(proof.querySelector("b")), id).toBe(tell.bound);
        const told = [...proof.querySelectorAll("span")]
          .filter((span) => span.parentElement === proof)
          .map(text);
        const measured = `${tell.subject} · ${tell.scope}`;
        expect(told, id).toEqual([measured, ...tell.controls]);
      }
    });

    test("gives the same in the list of all claims", () => {
      const list = pageAt(`/${language}/claims/`).document;
      for (const [id, claim] of claims) {
        const { bound, subject, controls } = tellerOf(note, claim);
        const link = list.querySelector(`a[href$="/claims/${slug}/${id}/"]`)!;
        expect(text(link.parentElement!.querySelector("small")), id).toBe(
          `${says(claim.figure)} ${bound} (${subject}) · ${controls.join(", ")}`,
        );
      }
    });

    test("gives each end with its orders, and the shortest that fails", () => {
      const evidencePage = pageAt(`${path}evidence/`);
      for (const [id, claim] of claims) {
        const ownPage = pageAt(`/${language}/claims/${slug}/${id}/`);
        for (const page of [evidencePage, ownPage]) {
          const section = page.document.getElementById(id)!;
          expectEnds(section, note, claim);
          expectWitnesses(section, note, claim);
        }
      }
    });
  },
);
