import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../sandbox/services/cloudwatch/alarms.ts';
import { eventsState } from '../../sandbox/services/eventbridge/state.ts';
import { functionNamed, lambdaState } from '../../sandbox/services/lambda/state.ts';
import { topicByArn } from '../../sandbox/services/sns/state.ts';
import { queueByArn } from '../../sandbox/services/sqs/state.ts';
import { deploy, type Template } from '../../sandbox/template/deploy.ts';
import { referencesOf, TemplateError } from '../../sandbox/template/intrinsics.ts';
import { fakeAccount } from '../sandbox/fakeAccount.ts';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist');
const template: Template = JSON.parse(readFileSync(join(dist, 'template.json'), 'utf8'));
const ids = Object.keys(template.Resources);

function deployed(given: Template) {
  const { account } = fakeAccount();
  const codeFolder = (key: string): string => join(dist, 'bundles', basename(key, '.zip'));
  return { account, stack: deploy(account, given, { stack: 'firebreak-dev', codeFolder }) };
}

/** What deploying says. */
function refusal(given: Template): string {
  try {
    deployed(given);
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  return 'deployed';
}

describe('the template that serverless package wrote', () => {
  const { account, stack } = deployed(template);

  it('deploys whole, and its outputs name what was made', () => {
    expect([...stack.resources.keys()].toSorted()).toEqual(ids.toSorted());
    expect(Object.keys(stack.outputs)).toEqual(Object.keys(template.Outputs ?? {}));
    expect(JSON.stringify(stack.outputs)).not.toContain('${');
    expect(stack.outputs['StateMachineArn']).toBe('arn:aws:states:eu-west-1:123456789012:stateMachine:firebreak-dev');
  });

  it('gives every function the bundle that was built for it, and an environment without gaps', () => {
    const functions = [...lambdaState(account).functions.values()].map(({ settings }) => settings);
    expect(functions.length).toBeGreaterThan(0);
    for (const { codeDir, handler, environment, name } of functions) {
      expect(existsSync(join(codeDir, `${handler.split('.')[0]}.cjs`)), `${name}: ${codeDir} ${handler}`).toBe(true);
      expect(JSON.stringify(environment), name).not.toContain('${');
    }
  });

  it('leads every rule and alarm to something that is there', () => {
    const { rules } = eventsState(account);
    const targets = [...rules.values()].flatMap((rule) => rule.targets);
    expect(targets.length).toBeGreaterThan(0);
    for (const { arn, deadLetterArn } of targets) {
      const find = { lambda: functionNamed, sqs: queueByArn, sns: topicByArn }[arn.split(':')[2] ?? ''];
      expect(() => find?.(account, arn), arn).not.toThrow();
      expect(queueByArn(account, deadLetterArn ?? 'no dead-letter queue').arn).toBe(deadLetterArn);
    }
    for (const { input } of alarmsOf(account)) {
      for (const arn of input.alarmActions ?? []) expect(topicByArn(account, arn).arn).toBe(arn);
    }
  });

  const needed = ids.filter((id) =>
    Object.values(template.Resources).some(
      ({ Properties, DependsOn }) => referencesOf(Properties).includes(id) || [DependsOn].flat().includes(id),
    ),
  );

  it.each(needed)('does not deploy without %s, and says who needs it', (id) => {
    const { [id]: _gone, ...Resources } = template.Resources;
    expect(refusal({ ...template, Resources })).toMatch(
      new RegExp(`^template: \\w+\\..*(refers to|names) ${id}, which the template does not have$`),
    );
  });

  it.each(ids)('does not deploy with a property of %s that the sandbox does not know', (id) => {
    const resource = template.Resources[id];
    const Resources = {
      ...template.Resources,
      [id]: { ...resource, Type: resource?.Type ?? '', Properties: { ...resource?.Properties, Sandbox: 'no' } },
    };
    expect(refusal({ ...template, Resources })).toBe(
      `template: ${id}.Properties.Sandbox: the sandbox does not know this of ${resource?.Type}`,
    );
  });
});
