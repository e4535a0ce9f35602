type Rows = { before: readonly number[]; last: readonly number[] };

const at = (row: readonly number[], index: number): number =>
  row[index] ?? Number.POSITIVE_INFINITY;

/** The next row of the table: what the first letters of `a` cost against each beginning of `b`. */
const nextRow = (a: string, b: string, i: number, { before, last }: Rows): number[] => {
  const row = [i];
  for (let j = 1; j <= b.length; j++) {
    const same = a[i - 1] === b[j - 1] ? 0 : 1;
    const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swap = swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY;
    row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same, swap));
  }
  return row;
};

/**
 * Edit distance that counts a swap of neighbours as one slip (optimal string alignment), given up
 * once it must exceed `limit`: typing errors are swaps more often than anything else.
 */
export const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let rows: Rows = { before: [], last: Array.from({ length: b.length + 1 }, (_, j) => j) };
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, i, rows);
    if (Math.min(...row) > limit) return limit + 1;
    rows = { before: rows.last, last: row };
  }
  return at(rows.last, b.length);
};

/** How many slips a word of this length may carry and still be taken for another. */
export const tolerance = (length: number): number => {
  if (length < 5) return 0;
  return length < 8 ? 1 : 2;
};

/** The only nearest word within tolerance; two equally near words are no answer. */
export const nearest = (word: string, vocabulary: Iterable<string>, slips: number) => {
  let best: string | undefined;
  let bestCost = slips + 1;
  for (const candidate of vocabulary) {
    const cost = distance(word, candidate, Math.min(bestCost, slips));
    if (cost > slips) continue;
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
    } else if (cost === bestCost && candidate !== best) best = undefined;
  }
  return best;
};
