import type { ListCommandInvocationsResult, ListCommandsResult } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { HOST, OTHER, stageOf } from '../stage.ts';

async function withThree() {
  const stage = stageOf({ [HOST]: { behaviours: [{ answers: true, script: 'sleep', seconds: 600 }] }, [OTHER]: {} });
  const done = await stage.send({ Comment: 'done' });
  await stage.seconds(60);
  const patched = await stage.patch({ Operation: 'Scan' }, { InstanceIds: [OTHER], Comment: 'scan' });
  await stage.seconds(120);
  const running = await stage.send({ Parameters: { commands: ['sleep'] }, Comment: 'running' });
  await stage.seconds(10);
  return { stage, done, patched, running };
}

const comments = (all: readonly { readonly Comment?: string | undefined }[] = []) => all.map(({ Comment }) => Comment);

describe('ListCommands', () => {
  test.each([
    [{}, ['running', 'scan', 'done']],
    [{ InstanceId: HOST }, ['running', 'done']],
    [{ Filters: [{ key: 'Status', value: 'InProgress' }] }, ['running']],
    [{ Filters: [{ key: 'ExecutionStage', value: 'Complete' }] }, ['scan', 'done']],
    [{ Filters: [{ key: 'DocumentName', value: 'AWS-RunPatchBaseline' }] }, ['scan']],
    [{ Filters: [{ key: 'InvokedAfter', value: '2026-11-24T08:00:30Z' }] }, ['running', 'scan']],
    [{ Filters: [{ key: 'InvokedBefore', value: '2026-11-24T08:00:30Z' }] }, ['done']],
  ])('newest first, asked for %j', async (input, found) => {
    const { stage } = await withThree();
    expect(comments((await stage.run<ListCommandsResult>('ListCommands', input)).Commands)).toEqual(found);
  });

  test('page by page', async () => {
    const { stage } = await withThree();
    const first = await stage.run<ListCommandsResult>('ListCommands', { MaxResults: 2 });
    expect(comments(first.Commands)).toEqual(['running', 'scan']);
    const rest = await stage.run<ListCommandsResult>('ListCommands', { MaxResults: 2, NextToken: first.NextToken });
    expect(comments(rest.Commands)).toEqual(['done']);
    expect(rest.NextToken).toBeUndefined();
  });

  test.each([
    [{ CommandId: 'x' }, 'ValidationException'],
    [{ CommandId: '00000000-0000-4000-a000-000000000000' }, 'InvalidCommandId'],
    [{ Filters: [{ key: 'Colour', value: 'red' }] }, 'InvalidFilterKey'],
    [{ MaxResults: 51 }, 'ValidationException'],
  ])('refuses %j', async (input, code) => {
    await expect(stageOf().run('ListCommands', input)).rejects.toMatchObject({ code });
  });
});

describe('ListCommandInvocations', () => {
  const list = (stage: ReturnType<typeof stageOf>, input: object): Promise<ListCommandInvocationsResult> =>
    stage.run('ListCommandInvocations', input);

  test('of one command, of one node, of one status; without details no step', async () => {
    const { stage, done } = await withThree();
    const { CommandInvocations } = await list(stage, { CommandId: done.CommandId });
    expect(CommandInvocations).toMatchObject([{ InstanceId: HOST, Status: 'Success', CommandPlugins: [] }]);
    expect(comments((await list(stage, { InstanceId: OTHER })).CommandInvocations)).toEqual(['scan']);
    const running = await list(stage, { Filters: [{ key: 'Status', value: 'InProgress' }] });
    expect(comments(running.CommandInvocations)).toEqual(['running']);
  });

  test('the stage of execution is no filter of it', async () => {
    const { stage } = await withThree();
    const asked = list(stage, { Filters: [{ key: 'ExecutionStage', value: 'Complete' }] });
    await expect(asked).rejects.toMatchObject({ code: 'InvalidFilterKey' });
  });
});
