import { describe, it } from 'vitest';
import { endsDemo, endsSandbox } from './endings.ts';

describe('Ctrl-C', () => {
  it('ends the demo as a signal does, and leaves no process and no file', () => endsDemo('SIGINT'));
  it('ends the sandbox with exit 0, and leaves no process, no file and no port', () => endsSandbox('SIGINT'));
});
