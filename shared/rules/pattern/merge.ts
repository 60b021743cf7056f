/** The numbers of lists that are each ascending, in order and each once; only as far as they are asked for. */
export function* ascending(lists: readonly (readonly number[])[]): Generator<number> {
  const at = lists.map(() => 0);
  for (;;) {
    let least = Number.POSITIVE_INFINITY;
    for (let list = 0; list < lists.length; list += 1) {
      least = Math.min(least, lists[list]?.[at[list] ?? 0] ?? Number.POSITIVE_INFINITY);
    }
    if (least === Number.POSITIVE_INFINITY) return;
    yield least;
    for (let list = 0; list < lists.length; list += 1) {
      if (lists[list]?.[at[list] ?? 0] === least) at[list] = (at[list] ?? 0) + 1;
    }
  }
}
