import { describe, expect, it } from 'vitest';
import {
  type Physical,
  referencesOf,
  resolve,
  type Scope,
  TemplateError,
} from '../../../sandbox/template/intrinsics.ts';

const queue: Physical = { ref: 'http://door/1/q', attributes: { Arn: 'arn:q', 'Nested.Name': 'n' } };
const scope: Scope = {
  account: '123456789012',
  region: 'eu-west-1',
  stack: 'dev',
  resources: new Map([['Queue', queue]]),
};
const value = (given: unknown) => resolve(given, scope, 'Rule.Properties.Target');

describe('resolving intrinsic functions', () => {
  it.each([
    ['a reference', { Ref: 'Queue' }, 'http://door/1/q'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:q'],
    ['an attribute in one text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:q'],
    ['an attribute with a dot in its name', { 'Fn::GetAtt': ['Queue', 'Nested.Name'] }, 'n'],
    ['placeholders', { 'Fn::Sub': '${Queue}|${Queue.Arn}|${AWS::AccountId}' }, 'http://door/1/q|arn:q|123456789012'],
    ['a literal placeholder', { 'Fn::Sub': '${!Queue} ${Queue.Arn}' }, '${Queue} arn:q'],
    [
      'placeholders with values of their own',
      { 'Fn::Sub': ['${One}-${Queue}', { One: { Ref: 'AWS::StackName' } }] },
      'dev-http://door/1/q',
    ],
    ['a join', { 'Fn::Join': [':', ['a', { Ref: 'AWS::Partition' }, 'b']] }, 'a:aws:b'],
    ['what is none', { Effect: 'Allow', n: [1, true, null] }, { Effect: 'Allow', n: [1, true, null] }],
    [
      "a policy's condition",
      { Condition: { Bool: { x: { Ref: 'AWS::Region' } } } },
      { Condition: { Bool: { x: 'eu-west-1' } } },
    ],
    ['what lies deep', { a: [{ b: { Ref: 'Queue' } }] }, { a: [{ b: 'http://door/1/q' }] }],
  ])('knows %s', (_what, given, wanted) => {
    expect(value(given)).toEqual(wanted);
  });

  it.each([
    ['another function', { 'Fn::If': ['IsProd', 'a', 'b'] }, 'Fn::If is not known to the sandbox in this form'],
    ['a condition', { Condition: 'IsProd' }, 'Condition is not known to the sandbox in this form'],
    ['a join of a text', { 'Fn::Join': [':', 'a'] }, 'Fn::Join is not known to the sandbox in this form'],
    ['a reference that is no name', { Ref: ['Queue'] }, 'Ref is not known to the sandbox in this form'],
    ['a resource that is not there', { Ref: 'Topic' }, 'refers to Topic, which the template does not have'],
    [
      'a placeholder that is not there',
      { 'Fn::Sub': '${Topic.Arn}' },
      'refers to Topic, which the template does not have',
    ],
    ['an attribute that is not there', { 'Fn::GetAtt': ['Queue', 'Url'] }, 'Queue has no attribute Url here'],
    ["an object's own member", { 'Fn::GetAtt': ['Queue', 'constructor'] }, 'Queue has no attribute constructor here'],
    [
      'a value that is to be left out',
      { Ref: 'AWS::NoValue' },
      'refers to AWS::NoValue, which the template does not have',
    ],
  ])('refuses %s, with the path', (_what, given, message) => {
    expect(() => value({ List: [given] })).toThrow(TemplateError);
    expect(() => value({ List: [given] })).toThrow(`template: Rule.Properties.Target.List[0]: ${message}`);
  });
});

describe('what a value refers to', () => {
  it('finds every name in every form, and no literal', () => {
    const given = {
      a: { Ref: 'A' },
      b: [{ 'Fn::GetAtt': ['B', 'Arn'] }, { 'Fn::GetAtt': 'C.Arn' }],
      c: { 'Fn::Sub': '${D} ${E.Arn} ${!Not} ${AWS::Region}' },
      d: { 'Fn::Join': ['', [{ Ref: 'F' }]] },
      e: { 'Fn::Sub': ['${own} ${G}', { own: { Ref: 'H' } }] },
    };
    const names = referencesOf(given);
    expect(names).toEqual(expect.arrayContaining(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']));
    expect(names).not.toContain('Not');
  });
});
