/**
 * Latency: how long one waits for an answer.
 *
 * A request comes to an idle service, and then one like it behind four others.
 * Then a hundred calls at once, first all of them fast, and then every tenth
 * slow: after how long are 50 of them answered, and after how long 99?
 *
 *     npx tsx examples/latency.ts
 */

const SERVICE_MS = 20;
const FASTEST_MS = 10;
const SLOWER = 10; // How many times as long a slow call takes.
const CALLS = 100;

/** Opens a service that serves one request at a time, in their order. */
export function openService(name: string) {
  let served = 0;
  let previous: Promise<unknown> = Promise.resolve();

  async function serve(asked: number) {
    const waiting = performance.measure(`${name}: waiting`, { start: asked });
    const before = served;
    const start = performance.now();
    await timer(SERVICE_MS);
    const service = performance.measure(`${name}: service`, { start });
    served++;
    return { before, waiting: waiting.duration, service: service.duration };
  }

  return function request() {
    const asked = performance.now();
    const answer = previous.then(() => serve(asked));
    // The next one is served when this one is over, however it ends.
    previous = answer.catch(() => {});
    return answer;
  };
}

/** Sends a request right behind a number of others. */
export async function requestBehind(others: number, name: string) {
  const request = openService(name);
  const ahead = Array.from({ length: others }, () => request());
  const [ours] = await Promise.all([request(), ...ahead]);
  return ours;
}

/** Makes a hundred calls at once, a number in ten of them slow. Times in ms. */
export async function callAll(
  name: string,
  slowInTen: number,
  slower = SLOWER,
) {
  const answers: { isSlow: boolean; latency: number }[] = [];
  const call = async (n: number) => {
    const fast = FASTEST_MS + ((3 * n) % 7); // The same mix in every run.
    const isSlow = n % 10 < slowInTen;
    const start = performance.now();
    await timer(isSlow ? slower * fast : fast);
    answers.push({ isSlow, latency: performance.now() - start });
    if (answers.length === 50) performance.measure(`${name}: p50`, { start });
    if (answers.length === 99) performance.measure(`${name}: p99`, { start });
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CALLS }, (_, n) => call(n)));
  const samples = answers.map(({ latency }) => latency);
  performance.measure(`${name}: all`, { start, detail: { samples } });
  return answers;
}

/** Sums up a hundred latencies, sorted shortest first. */
export function summarise(times: number[]) {
  const mean = times.reduce((sum, time) => sum + time) / times.length;
  return { p50: times[49]!, p99: times[98]!, mean };
}

function timer(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

export async function main(): Promise<void> {
  for (const [name, others] of Object.entries({ idle: 0, queue: 4 })) {
    const { waiting, service } = await requestBehind(others, name);
    console.log(`${name}: waiting ${ms(waiting)}, service ${ms(service)}`);
  }
  for (const [name, slow] of Object.entries({ fast: 0, mixed: 1 })) {
    const answers = await callAll(name, slow);
    // All were asked for at once, so the shortest are answered first.
    const { p50, p99, mean } = summarise(answers.map((a) => a.latency));
    console.log(`${name}: p50 ${ms(p50)}, p99 ${ms(p99)}, mean ${ms(mean)}`);
  }
}

const ms = (time: number) => `${time.toFixed()} ms`;

if (import.meta.main ?? true) main();
