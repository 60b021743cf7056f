/** `*` is anything. Without an expression that an entry with many of them could keep busy. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** Part by part between the dots, so that no host of somebody else's fits; the port is the same, or both have none. */
function fitsHost(pattern: string, host: string): boolean {
  const [[name = '', port], [own = '', ownPort]] = [pattern.split(':'), host.split(':')];
  const [labels, ownLabels] = [name.split('.'), own.split('.')];
  return (
    port === ownPort &&
    labels.length === ownLabels.length &&
    labels.every((label, at) => fits(label, ownLabels[at] ?? ''))
  );
}

/** Whether an entry of the settings' `images.registries` takes a repository; a host alone takes all that is in it. Pure. */
export function approves(
  entry: string,
  { registry, repository }: { readonly registry: string; readonly repository: string },
): boolean {
  const slash = entry.indexOf('/');
  if (slash === -1) return fitsHost(entry, registry);
  return fitsHost(entry.slice(0, slash), registry) && fits(entry.slice(slash + 1), repository);
}
