import * as z from 'zod';
import { InvalidRules } from '../platform/errors.ts';
import { PatternError } from './pattern/error.ts';
import { compiledOf } from './patterns.ts';
import { readParams } from './readDo.ts';
import type { RuleSet } from './rule.ts';
import { exemption, type RuleAction, settings, storedRule } from './schema.ts';

const storedSet = z.strictObject({ rules: z.array(storedRule), exemptions: z.array(exemption), settings });

function parsed(json: string): RuleSet {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new InvalidRules('the stored rule set is not JSON', { cause });
  }
  const result = storedSet.safeParse(value);
  if (!result.success) {
    throw new InvalidRules('the stored rule set is not one that this version can read', {
      evidence: result.error.issues,
    });
  }
  return result.data;
}

/**
 * A rule set as it was stored (`JSON.stringify` of one that compiled). Throws InvalidRules for anything that this
 * version would not obey to the letter, an action that it does not have included.
 */
export function parseRuleSet(json: string, actions: readonly RuleAction[]): RuleSet {
  const set = parsed(json);
  try {
    for (const { when } of [...set.rules, ...set.exemptions]) compiledOf(when);
    for (const pattern of set.settings.protected) compiledOf(pattern);
  } catch (cause) {
    if (!(cause instanceof PatternError)) throw cause;
    throw new InvalidRules(`the stored rule set has an invalid pattern at "${cause.path}"`, { cause });
  }
  const rules = set.rules.map((rule) => {
    const steps = rule.do.map(({ action, params }, at) =>
      readParams(action, params, actions, `${rule.name}.do[${at}]`),
    );
    const complaints = steps.flatMap((step) => step.complaints);
    if (complaints.length > 0) {
      throw new InvalidRules(`the stored rule "${rule.name}" does not fit the actions of this version`, {
        evidence: complaints,
      });
    }
    return { ...rule, do: steps.flatMap(({ value }) => value ?? []) };
  });
  return { ...set, rules };
}

/** The set with every rule observing, whatever it says. */
export const observing = (set: RuleSet): RuleSet => ({
  ...set,
  rules: set.rules.map((rule) => ({ ...rule, mode: 'observe' })),
});

/** A set as decisions read it: where the settings say so, every rule observes. What is stored keeps what each rule says. */
export const inForce = (set: RuleSet): RuleSet => (set.settings.observeOnly ? observing(set) : set);
