import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import { redactionOf } from '../../shared/actions/evidenceCapture/redaction.ts';
import { actContext } from './actContext.ts';
import { mockTask, type TaskWorld, target, taskId, whole } from './taskWorld.ts';

/** Values that occur nowhere else; some with what patterns and JSON give a meaning to. */
const value = fc
  .tuple(fc.stringMatching(/^[a-z0-9]{12}$/), fc.constantFrom('', '"', '\\', '$&', '.*', '(', '\n', 'ü', ' a=b'))
  .map(([text, odd]) => `s3cr3t-${text}${odd}`);
const environment = fc.array(fc.record({ name: fc.stringMatching(/^[A-Z_]{1,12}$/), value }), { maxLength: 4 });

/** Where a value may be written out besides. */
const written = fc.record({ at: fc.nat({ max: 5 }), quoted: fc.boolean() });

interface Generated {
  readonly defined: readonly { readonly name: string; readonly value: string }[];
  readonly overridden: readonly { readonly name: string; readonly value: string }[];
  readonly written: { readonly at: number; readonly quoted: boolean };
}

/** A task whose definition and overrides have these values, and write them out as people do. */
function worldWith({ defined, overridden, written: { at, quoted } }: Generated): TaskWorld {
  const { task, definition, service } = whole();
  const values = [...defined, ...overridden].map((one) => one.value);
  const here = (place: number): string[] =>
    at === place ? values.map((text) => (quoted ? JSON.stringify({ text }) : `--key=${text}`)) : [];
  const [app, proxy] = definition?.containerDefinitions ?? [];
  const labels = Object.fromEntries(here(3).map((text, index) => [`label-${index}`, text]));
  return whole({
    task: {
      ...task,
      overrides: {
        containerOverrides: [
          { name: 'app', environment: [...overridden], command: here(0) },
          { name: 'proxy', environment: [...overridden] },
        ],
      },
    },
    definition: {
      containerDefinitions: [
        {
          ...app,
          environment: [...defined],
          command: here(1),
          healthCheck: { command: here(2) },
          dockerLabels: labels,
        },
        { ...proxy, entryPoint: here(4) },
      ],
    },
    service,
    lines: { [`checkout/app/${taskId}`]: [['started', ...here(5)]] },
  });
}

describe('the values of environments', () => {
  test('are in nothing that is stored, wherever they are set and written out', async () => {
    await fc.assert(
      fc.asyncProperty(environment, environment, written, async (defined, overridden, place) => {
        const context = actContext(mockTask(worldWith({ defined, overridden, written: place })).aws);
        await action.execute(target, {}, { state: 'RUNNING', owner: '' }, context);
        const stored = [...context.stored.values()].map(({ body }) => body).join('\n');
        for (const { value } of [...defined, ...overridden]) {
          const secret = /s3cr3t-[a-z0-9]{12}/.exec(value)?.[0] ?? value;
          expect(stored).not.toContain(secret);
        }
        // The names are kept, so that nothing was left out altogether.
        for (const { name } of defined) expect(context.stored.get('task-definition.json')?.body).toContain(`"${name}"`);
      }),
      { numRuns: 60 },
    );
  });

  test('that are short are withheld where they are set, and not searched for', () => {
    const definition = { environment: [{ name: 'DEBUG', value: '1' }], command: ['run', '-1'] };
    expect(redactionOf([definition]).document(definition)).toEqual({
      environment: [{ name: 'DEBUG', value: '(value withheld)' }],
      command: ['run', '-1'],
    });
  });

  test('are not taken out of what identifies a thing', () => {
    const described = {
      taskArn: 'arn:aws:ecs:eu-central-1:1:task/prod/1',
      environment: [{ name: 'AWS_REGION', value: 'eu-central-1' }],
      command: ['--region', 'eu-central-1'],
    };
    expect(redactionOf([described]).document(described)).toMatchObject({
      taskArn: described.taskArn,
      command: ['--region', '(value of AWS_REGION)'],
    });
  });

  test('of which one begins with another, go whole', () => {
    const environment = [
      { name: 'A', value: 'password' },
      { name: 'B', value: 'password-2' },
    ];
    expect(redactionOf([{ environment }]).text('password-2 password')).toBe('(value of B) (value of A)');
  });

  test('of several lines go line by line, as a log has them', () => {
    const lines = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQ', '-----END PRIVATE KEY-----'];
    const { text } = redactionOf([{ environment: [{ name: 'TLS_KEY', value: lines.join('\n') }] }]);
    expect(text(`key: ${lines[1]}`)).toBe('key: (value of TLS_KEY)');
    expect(text(lines.join('\n'))).toBe('(value of TLS_KEY)');
  });

  test('have nothing but their name and the fixed text, whatever AWS adds', () => {
    const described = { environment: [{ name: 'A', value: 'x', hash: 'y' }, 'odd'] };
    expect(redactionOf([described]).document(described)).toEqual({
      environment: [{ name: 'A', value: '(value withheld)' }, '(value withheld)'],
    });
  });
});
