/**
 * The exact one-sided 95 % upper bound on the rate of failures, from `failures`
 * in `runs` independent runs: the rate at which no more than that many would be
 * seen in 5 % of all cases.
 *
 * C. J. Clopper and E. S. Pearson, "The Use of Confidence or Fiducial Limits
 * Illustrated in the Case of the Binomial", Biometrika 26 (1934). For no
 * failure it is 1 − 0.05^(1/runs).
 */
export function upperBound(failures: number, runs: number): number {
  if (failures >= runs) return 1;
  let low = failures / runs;
  let high = 1;
  // The probability falls as the rate grows: halve the interval to full
  // precision.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atMost(failures, runs, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The binomial probability of at most `failures` in `runs` runs. */
function atMost(failures: number, runs: number, rate: number): number {
  // Summed from logarithms, so that many runs do not underflow.
  let term = runs * Math.log1p(-rate);
  let sum = Math.exp(term);
  for (let k = 1; k <= failures; k++) {
    term += Math.log((runs - k + 1) / k) + Math.log(rate) - Math.log1p(-rate);
    sum += Math.exp(term);
  }
  return sum;
}
