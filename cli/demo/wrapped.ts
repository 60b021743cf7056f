/** A line broken between words where it is wider than `columns`; what goes on is indented. A word that is wider stays whole. */
export function wrapped(line: string, columns: number, indent: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const margin = rest.length - rest.trimStart().length;
    const before = rest.lastIndexOf(' ', columns);
    const at = before > margin ? before : rest.indexOf(' ', Math.max(columns, margin));
    if (at < 0) break;
    lines.push(rest.slice(0, at));
    rest = ' '.repeat(indent) + rest.slice(at + 1);
  }
  return [...lines, rest];
}
