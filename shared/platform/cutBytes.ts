/** The longest beginning of a text that takes at most `most` bytes of UTF-8 and splits no character. */
export function cutBytes(
  text: string,
  most: number,
): { readonly kept: string; readonly bytes: number; readonly all: number } {
  const whole = Buffer.from(text, 'utf8');
  if (whole.length <= most) return { kept: text, bytes: whole.length, all: whole.length };
  let end = most;
  // A byte 10xxxxxx goes on with the character before it.
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { kept: whole.toString('utf8', 0, end), bytes: end, all: whole.length };
}
