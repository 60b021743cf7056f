/** Something that was measured, beside its goal where it has one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: { readonly at: 'least' | 'most' | 'below'; readonly value: number };
}

/** Null where there is no goal. */
export function isMet({ value, goal }: Figure): boolean | null {
  if (goal === undefined) return null;
  if (goal.at === 'least') return value >= goal.value;
  return goal.at === 'most' ? value <= goal.value : value < goal.value;
}

const SIGNS = { least: '≥', most: '≤', below: '<' } as const;

/** Enough digits to tell it from its goal. */
const shown = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-US') : value >= 1 ? value.toFixed(1) : value.toPrecision(2);

export function figureLine(figure: Figure): string {
  const { name, value, unit, goal } = figure;
  const said = `${name.padEnd(62)}${shown(value).padStart(12)} ${unit.padEnd(10)}`;
  if (goal === undefined) return said.trimEnd();
  return `${said}goal ${SIGNS[goal.at]} ${shown(goal.value)}, ${isMet(figure) ? 'met' : 'MISSED'}`;
}
