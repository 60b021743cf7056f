/** What each index lists. A digest names its content, so that what was once read of it stays true. */
export type IndexContents = { readonly [index: string]: readonly string[] };

/**
 * What hangs on one digest: every index that lists it (however deep), and everything those indexes list, the digest
 * itself included. Indexes come before what they list, because ECR does not archive an image while an index that lists it is
 * active. The order is the same for the same input.
 */
export function imageSet(digest: string, contents: IndexContents): readonly string[] {
  const roots = listersOf(digest, contents);
  const ordered: string[] = [];
  const visit = (image: string): void => {
    if (ordered.includes(image)) return;
    for (const child of [...(contents[image] ?? [])].sort()) visit(child);
    ordered.unshift(image);
  };
  for (const root of roots) visit(root);
  return ordered;
}

/** The digest and every index that lists it, however deep. */
export function listersOf(digest: string, contents: IndexContents): readonly string[] {
  const found = new Set([digest]);
  for (const image of found) {
    for (const [index, children] of Object.entries(contents)) if (children.includes(image)) found.add(index);
  }
  return [...found].sort();
}

/** Indexes outside the set that list an image of it: archiving the set would break them, though nobody accused them. */
export function sharedWith(set: readonly string[], contents: IndexContents): readonly string[] {
  const inside = new Set(set);
  return Object.entries(contents)
    .filter(([index, children]) => !inside.has(index) && children.some((child) => inside.has(child)))
    .map(([index]) => index)
    .sort();
}
