/** How the agent marks what it left out, and what parts errors from output (amazon-ssm-agent, pluginutil). */
const OUTPUT_CUT = '\n---Output truncated---';
const ERROR_CUT = '\n---Error truncated----';
const ERROR_HEADING = '\n----------ERROR-------\n';

const cut = (text: string, most: number, mark: string): string =>
  text.length <= most ? text : `${text.slice(0, most - mark.length)}${mark}`;

/** GetCommandInvocation: the first 24,000 characters. */
export const shownOutput = (stdout: string): string => cut(stdout, 24_000, OUTPUT_CUT);

/** GetCommandInvocation: the first 8,000 characters. */
export const shownErrors = (stderr: string): string => cut(stderr, 8000, ERROR_CUT);

const TOGETHER = 2500;

/** ListCommandInvocations: both together in 2,500 characters; where both are long, each has half. */
export function shownTogether(stdout: string, stderr: string): string {
  const heading = stderr === '' ? '' : ERROR_HEADING;
  const room = TOGETHER - heading.length;
  if (stdout.length + stderr.length <= room) return `${stdout}${heading}${stderr}`;
  const half = Math.floor(room / 2);
  const forErrors = Math.max(half, room - stdout.length);
  const errors = cut(stderr, Math.min(stderr.length, forErrors), ERROR_CUT);
  return `${cut(stdout, room - errors.length, OUTPUT_CUT)}${heading}${errors}`;
}
