/** Fields that carry a secret or a capability, whatever their value is; a task token is one, too. */
const secret = /secret|passw|credential|authorization|signature|access_?key|token$/i;
/** An access key's id within a text. */
const accessKey = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
/** What JSON leaves as it is, and a terminal or a log viewer obeys: C1 controls, bidi and zero width, line separators. */
const obeyed = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

const longestText = 8_192;
const longestList = 50;

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** One value on its way into a log line, as JSON.stringify hands it to a replacer: redacted, escaped and bounded. */
export function logValue(key: string, value: unknown): unknown {
  if (secret.test(key) && value !== undefined && value !== null) return '[redacted]';
  if (typeof value === 'string') {
    const cut = value.length > longestText ? `${value.slice(0, longestText)} [cut: ${value.length} characters]` : value;
    return cut.replace(accessKey, '[redacted]').replace(obeyed, escaped);
  }
  if (Array.isArray(value) && value.length > longestList) {
    return [...value.slice(0, longestList), `[cut: ${value.length} entries]`];
  }
  return value;
}
