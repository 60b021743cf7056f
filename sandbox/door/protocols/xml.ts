const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (letter) => ESCAPES[letter] ?? letter);
}

/**
 * One element of an answer. Arrays become `<member>` elements (or `<listItem>`) and a `Map` becomes `<entry><key/><value/></entry>`
 * elements (a plain object is a structure); times are ISO 8601, bytes base64; undefined gives nothing.
 */
export function element(name: string, value: unknown, listItem = 'member'): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value, listItem)}</${name}>`;
}

/** What stands between the tags. */
export function content(value: unknown, listItem = 'member'): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((member) => element(listItem, member, listItem)).join('');
  if (value instanceof Map) {
    return [...value].map(([key, held]) => element('entry', { key, value: held }, listItem)).join('');
  }
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, member]) => element(name, member, listItem))
    .join('');
}
