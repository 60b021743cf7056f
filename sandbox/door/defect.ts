/** A frame of a stack that is neither Node's own nor a package's: `(file:///…/sandbox/x.ts:1:2)`. */
const FRAME = /(?:\(|at )(?:async )?(?:file:\/\/)?(\/[^\s():]+|[A-Za-z]:[^\s():]+):(\d+):\d+\)?$/;

/** One sentence about a defect of the sandbox: what, and where in its code. No stack, and nothing of the machine that it runs on. */
export function defect(error: unknown): string {
  if (!(error instanceof Error)) return 'The sandbox failed: what was thrown is no error.';
  const what = `${error.name}: ${error.message.split('\n')[0]?.slice(0, 200) ?? ''}`;
  const place = placeIn(error.stack ?? '');
  return `The sandbox failed${place === undefined ? '' : ` at ${place}`}: ${what}`;
}

function placeIn(stack: string): string | undefined {
  for (const line of stack.split('\n')) {
    const [, path, number] = FRAME.exec(line.trim()) ?? [];
    if (path === undefined || path.includes('/node_modules/')) continue;
    // From the folder of the code on: `sandbox/services/…`, or the one file of a bundle.
    const from = Math.max(path.lastIndexOf('/sandbox/'), path.lastIndexOf('/dist/'));
    return `${from < 0 ? path.slice(path.lastIndexOf('/') + 1) : path.slice(from + 1)}:${number}`;
  }
  return undefined;
}
