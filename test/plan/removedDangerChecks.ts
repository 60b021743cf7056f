import type { RemovedCheck } from '../removedCheck.ts';

type Entry = readonly [text: string, replacement: string, why: string];

const of = (file: string, test: string, entries: readonly Entry[]): readonly RemovedCheck[] =>
  entries.map(([text, replacement, why]) => ({ file, text, replacement, test: `test/plan/${test}.test.ts`, why }));

/** Each of the ways in which an edit may do harm is seen. */
export const dangerChecks: readonly RemovedCheck[] = [
  ...of('shared/plan/dangerSettings.ts', 'dangersSettings', [
    ['  ...ofInUse(before.settings, after.settings),\n', '', 'what another account runs may be archived, unseen'],
    ['  ...ofOwnAddresses(before.settings, after.settings),\n', '', 'our own office may be blocked, unseen'],
  ]),
  ...of('shared/plan/dangers.ts', 'dangers', [
    ['    ...exempted,\n', '', 'an exemption takes out everything, unseen'],
    ['    ...ofSettings(before, after, actions, now),\n', '', 'what was protected is protected no more, unseen'],
    ['    ...ofRules(before, after, actions),\n', '', 'a rule that takes much more is live unseen'],
  ]),
  ...of('shared/plan/dangers.ts', 'dangersWorst', [
    [
      '    ...ofWorst(before, after, actions, now).filter((sentence) => !said(sentence)),\n',
      '',
      'the worst findings are not contained any more, unseen',
    ],
  ]),
  ...of('shared/plan/dangers.ts', 'dangersPass', [
    [
      'stopsAll(before, after) ? []',
      'false ? []',
      'an edit that stops all changes at two in the morning waits for somebody',
    ],
  ]),
  ...of('shared/plan/dangers.ts', 'dangersLess', [
    ['  ...lessContained(before, after, actions),\n', '', 'an edit that contains less is told by nobody'],
    [
      '? allDangers(before, after, actions, now).map(',
      '? [].map(',
      'what the stop of all changes brought along is told by nobody',
    ],
  ]),
  ...of('shared/plan/dangerRules.ts', 'dangers', [
    ['...ofPattern(edit), ', '', 'a rule that takes much more is live unseen'],
    ['...ofLimits(edit), ', '', 'a limit is taken out unseen'],
    ['...ofApproval(edit), ', '', 'an approval is taken out unseen'],
    [
      'const [before, after] = [termsOf(was?.approval), termsOf(is.approval)];',
      'if (!asked) return [];\n  const [before, after] = [termsOf(was?.approval), termsOf(is.approval)];',
      'what is protected is changed without an answer, unseen',
    ],
    [
      "if (after.does === 'hold' || after.seconds >= before.seconds) return [];",
      'if (after.seconds > 0) return [];',
      'a minute is given in the place of a working day to say no, unseen',
    ],
    ['    ...ofPage(edit),\n', '', 'the worst findings wake nobody any more, unseen'],
  ]),
  ...of('shared/plan/dangerRules.ts', 'dangersActing', [
    ['was === undefined || !did', 'was === undefined', 'a rule that takes everything is promoted unseen'],
    [', ...ofActions(edit, actions)', '', 'a rule does more of what changes something, unseen'],
    [
      'known.get(is.name) ?? standsFor(is, gone)',
      'known.get(is.name)',
      'another name takes limits and approval away, unseen',
    ],
  ]),
  ...of('shared/plan/dangerExemptions.ts', 'dangersExemptions', [
    ['covers(one.rules, other.rules) && ', '', 'an exemption that was of a rule is of all, unseen'],
    [' && covers(one.actions, other.actions)', '', 'an exemption that was of an action is of all, unseen'],
    ['before.exemptions.filter(inForce)', 'before.exemptions', 'an exemption that was over is back unseen'],
    ['if (takesAnything(when)) return', "if (name === '') return", 'an exemption takes out everything, unseen'],
    ["if (scope === 'paging') return", "if (name === '') return", 'nobody is woken by the worst findings, unseen'],
  ]),
  ...of('shared/plan/dangerSettings.ts', 'dangersSettings', [
    ['  ...ofNumbers(before.settings, after.settings),\n', '', 'images in use are archived, unseen'],
    ['  ...ofBreaker(before.settings, after.settings),\n', '', 'the breaker is taken out unseen'],
    ['  ...ofFreezes(before, after, actions, now),\n', '', 'everything is frozen for ever, unseen'],
    ["'nearly always' : undefined", 'undefined : undefined', 'everything is frozen but for a minute a day, unseen'],
    ['  ...ofTwoPeople(before.settings, after.settings),\n', '', 'one person approves alone again, unseen'],
    ['  ...ofSignIn(before.settings, after.settings),\n', '', 'anybody is let in who may undo, unseen'],
    [
      'if (canonicalJson(where) !== canonicalJson(was))',
      'if (had.length < 0)',
      'another provider says who may undo, unseen',
    ],
  ]),
  ...of('shared/plan/dangerSettings.ts', 'dangersActing', [
    ['  ...ofModes(before, after, actions),\n', '', 'every rule acts at once, unseen'],
  ]),
  ...of('shared/plan/dangerWorst.ts', 'dangersWorst', [
    [
      'changesNothing ? undefined : lessOf(was, is)',
      'undefined',
      'the worst findings are not contained any more, unseen',
    ],
    ["quieter(was, is) ? 'wake", "false ? 'wake", 'the worst findings are told by nobody, unseen'],
    ['[...concerned, ...named.values()]', 'concerned', 'a cluster that a rule names is not contained any more, unseen'],
    [' : moreOf(was, is)', ' : undefined', 'a rule that dares more takes the worst findings first, unseen'],
  ]),
  ...of('shared/plan/worstIn.ts', 'dangersUnnamed', [
    ['return [...took, ...left];', 'return took;', 'a rule leaves a cluster out that it contained, unseen'],
  ]),
  ...of('shared/plan/worstProbes.ts', 'dangersUnnamed', [
    [
      '      ...worst.slice(-1).map((severity) => fuller(type, severity, resource)),\n',
      '',
      'a rule dares more wherever a process is known, unseen',
    ],
  ]),
  ...of('shared/plan/worstValues.ts', 'dangersUnnamed', [
    [
      "return means.text.split('/')[0];",
      'return undefined;',
      'whoever talks to a network is contained no more, unseen',
    ],
    [
      'return anyOf(field).find((value) => value !== null && condition.accepts(value));',
      'return undefined;',
      'findings in which files are known are not contained any more, unseen',
    ],
    [
      "if (means.by === 'anything-but') return",
      "if (field.path === '') return",
      'a rule leaves a Region out that it contained, unseen',
    ],
  ]),
  ...of('shared/rules/widened.ts', 'dangersActing', [
    ['if (isOpened) return', "if (name === '') return", 'a rule takes every source by its name, unseen'],
  ]),
  ...of('shared/rules/widened.ts', 'dangersExemptions', [
    ['asksNothing(field, findings) || ', '', 'an exemption takes all that is open, unseen'],
  ]),
];
