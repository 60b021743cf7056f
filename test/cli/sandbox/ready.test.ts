import { describe, expect, it } from 'vitest';
import { instructions, type Ready, readyLine } from '../../../cli/sandbox/ready.ts';
import { deploy } from '../../../sandbox/template/deploy.ts';
import { fakeAccount } from '../../sandbox/fakeAccount.ts';

const CONSOLE = 'http://0123.lambda-url.localhost:4566/';

/** A sandbox whose stack is empty, or has a function URL. */
function ready(FunctionUrl?: string): Ready {
  const { account } = fakeAccount();
  const stack = deploy(account, { Resources: {} }, { stack: 'dev', codeFolder: (key) => key });
  const attributes = FunctionUrl === undefined ? {} : { FunctionArn: 'arn', FunctionUrl };
  return {
    account,
    door: { endpoint: account.endpoint },
    stack: { ...stack, resources: new Map([['One', { ref: 'one', attributes }]]) },
  };
}

describe('the console of a sandbox', () => {
  it('is told of where the stack has a function URL', () => {
    expect(JSON.parse(readyLine(ready(CONSOLE)))).toMatchObject({ console: CONSOLE });
    expect(instructions(ready(CONSOLE))).toEqual(
      expect.arrayContaining(['Open the console in a browser on this machine:', `  ${CONSOLE}`]),
    );
  });

  it('is not told of where it has none', () => {
    expect(JSON.parse(readyLine(ready()))).not.toHaveProperty('console');
    expect(instructions(ready()).join('\n')).not.toContain('console');
  });
});
