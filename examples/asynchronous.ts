/**
 * Asynchronous: start it, go on, and take the result when it is there.
 *
 * A page asks three services: it awaits each call, or it starts all three and
 * goes on. Then it starts three computations in the same way. Last, with one
 * service down, four combinators tell what became of the calls.
 *
 *     npx tsx examples/asynchronous.ts
 */

const SERVICES = [
  { name: "price", ms: 90 },
  { name: "reviews", ms: 30 },
  { name: "stock", ms: 60 },
];

/** One visit to the page: its lane, who is done, and who is down. */
type Visit = { lane: string; done: string[]; down?: string[] };
type Service = { name: string; ms: number };
type Task = typeof ask;

/** Asks a service. Until the answer comes, the thread is free. */
export async function ask({ name, ms }: Service, visit: Visit) {
  const start = performance.now();
  await new Promise((answer) => setTimeout(answer, ms));
  end(name, start, visit);
  if (visit.down?.includes(name)) throw new Error(`${name} is down`);
  return name;
}

/** Says `async` as well, but has nothing to wait for. */
export async function compute({ name, ms }: Service, visit: Visit) {
  const start = performance.now();
  while (performance.now() < start + ms);
  end(name, start, visit);
  return name;
}

function end(name: string, start: number, { lane, done }: Visit): void {
  performance.measure(name, { start, detail: { devtools: { track: lane } } });
  done.push(name);
}

/** Awaits each. Tells how many were done when the next line ran. */
export async function inTurn(lane: string, task: Task): Promise<number> {
  const visit: Visit = { lane, done: [] };
  for (const service of SERVICES) await task(service, visit);
  performance.mark("next line");
  return visit.done.length;
}

/** Starts all three. Tells how many were done when the next line ran. */
export async function together(lane: string, task: Task): Promise<number> {
  const visit: Visit = { lane, done: [] };
  const results = SERVICES.map((service) => task(service, visit));
  performance.mark("next line");
  const doneByThen = visit.done.length;
  await Promise.all(results);
  return doneByThen;
}

/** Tells what each combinator gives, and how many were done by then. */
export async function combine(...down: string[]): Promise<string[]> {
  const visit: Visit = { lane: "one is down", done: [], down };
  const calls = SERVICES.map((service) => ask(service, visit));
  const note = async (name: string, result: Promise<unknown>) => {
    const got = await result.catch((error: Error) => error.message);
    performance.mark(name, { detail: { devtools: { track: "combinators" } } });
    return `${name}: ${got} (${visit.done.length} of 3 done)`;
  };
  const settled = Promise.allSettled(calls);
  const statuses = settled.then((all) => all.map(({ status }) => status));
  return Promise.all([
    note("race", Promise.race(calls)),
    note("all", Promise.all(calls)),
    note("any", Promise.any(calls)),
    note("allSettled", statuses),
  ]);
}

export async function main(): Promise<void> {
  await report("in turn", inTurn, ask);
  await report("together", together, ask);
  await report("computing", together, compute);
  for (const line of await combine("reviews")) console.log(line);
}

async function report(lane: string, run: typeof together, task: Task) {
  const start = performance.now();
  const done = `${await run(lane, task)} of 3 done at the next line`;
  const ms = (performance.now() - start).toFixed();
  console.log(`${lane}: ${done}, all in ${ms} ms`);
}

if (import.meta.main ?? true) main();
