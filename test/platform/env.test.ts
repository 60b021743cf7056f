import { describe, expect, it } from 'vitest';
import { readEnv } from '../../shared/platform/env.ts';

const forms = {
  TABLE: { pattern: /^[a-z]+$/, what: 'the name of a table' },
  STAGE: { pattern: /^[a-z]+$/, what: 'the name of a stage' },
};

describe('the environment of a function', () => {
  it('is what was asked for, and no more', () => {
    const env = readEnv(forms, { TABLE: 'incidents', STAGE: 'dev', AWS_SECRET_ACCESS_KEY: 'x' });
    expect(env).toEqual({ TABLE: 'incidents', STAGE: 'dev' });
  });

  it.each([
    ['is missing', { STAGE: 'dev' }],
    ['is empty', { STAGE: 'dev', TABLE: '' }],
  ])('stops the function by the name of a variable that %s', (_what, env) => {
    expect(() => readEnv(forms, env)).toThrow(
      'Environment of this function: TABLE is missing or empty. It is set in serverless.yml.',
    );
  });

  it('names every variable that is wrong, with what was there and what must be', () => {
    expect(() => readEnv(forms, { TABLE: '${sls:stage}' })).toThrow(
      /TABLE is "\$\{sls:stage\}", and must be the name of a table; STAGE is missing or empty/,
    );
  });
});
