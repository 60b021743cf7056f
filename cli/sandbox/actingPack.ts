import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { actionNamed } from '../../shared/actions/catalogue.ts';
import type { Rule, RuleSource } from '../../shared/rules/rule.ts';
import { root } from '../artifacts.ts';
import { compileFolder, readRuleFolder } from '../files.ts';

/** Behind whatever somebody puts there: a rule's order is 100 unless it says one. */
const BEHIND = 1000;

/**
 * The shipped pack, in which the rules that contain something enforce, in its own order, with the example that contains threats by their
 * cause. As it is shipped it dares less, so that nobody's first day is a bad one; nobody is hurt here, and whoever sends an event wants to
 * see it contained.
 */
export const actingPack = (): readonly RuleSource[] => [
  ...enforcing(join(root, 'rules')),
  ...enforcing(join(root, 'examples/rules')).filter(({ path }) => path === 'rules/threat-by-cause'),
];

function enforcing(folder: string): readonly RuleSource[] {
  const { rules } = compileFolder(folder);
  return readRuleFolder(folder).map((source) => {
    const rule = rules.find(({ name }) => source.path === `rules/${name}`);
    return rule === undefined ? source : { ...source, text: acting(source.text, rule) };
  });
}

const contains = (rule: Rule): boolean => rule.do.some(({ action }) => actionNamed(action)?.facts.contains === true);

function acting(text: string, rule: Rule): string {
  const document = parseDocument(text);
  document.set('order', BEHIND + rule.order);
  if (contains(rule)) document.set('mode', 'enforce');
  return document.toString();
}
