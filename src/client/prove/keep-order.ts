/**
 * How much later than the one before each reading is at the least, in ms. Some
 * 20,000 readings, which a spinning thread takes in 1 ms, add up to 2 µs.
 */
const STEP_MS = 1e-7;

/**
 * Makes times keep the order in which a thread took them. A browser's clock
 * goes in steps of 5 µs, on a page that is not isolated of 100 µs (Chromium) or
 * 1 ms (Firefox), and what ends and what starts within one step would seem to
 * do so at one moment.
 */
export function keepOrder(timing: Performance): void {
  const now = timing.now.bind(timing);
  const mark = timing.mark.bind(timing);
  const measure = timing.measure.bind(timing);
  let last = -Infinity;
  timing.now = () => (last = Math.max(now(), last + STEP_MS));
  timing.mark = (name, options) =>
    mark(name, { startTime: timing.now(), ...options });
  timing.measure = (name, options, ...rest) =>
    typeof options === "object"
      ? measure(name, { end: timing.now(), ...options })
      : measure(name, options, ...rest);
}
