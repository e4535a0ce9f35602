/** What one round of a contender measured; `perSecond` is what ratios are made of. */
export type Sample = {
  perSecond: number;
  p50Ms?: number;
  p97Ms?: number;
  cpuMicrosPerCall?: number;
};

export type Contender = { name: string; round(): Promise<Sample> };

export type Spread = { min: number; median: number; max: number };

export type Comparison = {
  title: string;
  ours: Sample[];
  floor: Sample[];
  floorName: string;
  ratio: Spread;
};

export const spreadOf = (values: number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] ?? 0)
      : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 };
};

/** Runs a program and its floor in alternation, so that a slow moment of the machine hits both. */
export const compare = async (
  title: string,
  ours: Contender,
  floor: Contender,
  rounds: number,
): Promise<Comparison> => {
  const samples = { ours: [] as Sample[], floor: [] as Sample[] };
  // Warm-up: what goes wrong for good goes wrong again below.
  await ours.round().catch(() => undefined);
  await floor.round().catch(() => undefined);
  for (let round = 0; round < rounds; round++) {
    samples.floor.push(await floor.round());
    samples.ours.push(await ours.round());
  }
  const ratios = samples.ours.map(
    (sample, round) => sample.perSecond / (samples.floor[round]?.perSecond ?? Number.NaN),
  );
  return { title, ...samples, floorName: floor.name, ratio: spreadOf(ratios) };
};

const round = (value: number | undefined, digits = 2): string =>
  value === undefined ? '–' : value.toFixed(value >= 100 ? 0 : digits);

const medianOf = (samples: Sample[], key: keyof Sample): number | undefined => {
  const values = samples.map(sample => sample[key]).filter(value => value !== undefined);
  return values.length > 0 ? spreadOf(values).median : undefined;
};

/** One line of the Markdown table that the documentation carries. */
export const tableRow = ({ title, ours, floor, floorName, ratio }: Comparison): string => {
  const cells = [
    title,
    floorName,
    `${round(ratio.min)} / **${round(ratio.median)}** / ${round(ratio.max)}`,
    `${round(medianOf(ours, 'perSecond'))} : ${round(medianOf(floor, 'perSecond'))}`,
    `${round(medianOf(ours, 'p50Ms'))} : ${round(medianOf(floor, 'p50Ms'))}`,
    `${round(medianOf(ours, 'p97Ms'))} : ${round(medianOf(floor, 'p97Ms'))}`,
    `${round(medianOf(ours, 'cpuMicrosPerCall'))} : ${round(medianOf(floor, 'cpuMicrosPerCall'))}`,
  ];
  return `| ${cells.join(' | ')} |`;
};

export const tableHead = [
  '| What | Floor | Ratio min / **median** / max | per second | p50 ms | p97.5 ms | CPU µs |',
  '|---|---|---|---|---|---|---|',
].join('\n');
