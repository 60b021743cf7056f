import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { plain } from '../../../shared/report/text.ts';
import { askedFor } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';
import { bringBack, ofType } from '../stack.ts';

/** Whether each function of the stage is there and can run (Lambda API, GetFunctionConfiguration). */
export const functions: Check = {
  name: 'functions',
  look: async ({ stage, stack }) => {
    const { GetFunctionConfigurationCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    const client = new LambdaClient(clientConfig(stage.config));
    const looked = await Promise.all(
      ofType(await stack(), 'AWS::Lambda::Function').map(async ({ id: name }) => ({
        name,
        is: await askedFor('lambda:GetFunctionConfiguration', ['ResourceNotFoundException'], () =>
          client.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
        ),
      })),
    );
    const gone = looked.filter(({ is }) => is === undefined).map(({ name }) => name);
    if (gone.length > 0) return broken(`Gone: ${gone.join(', ')}.`, bringBack(stage));
    const failed = looked.flatMap(({ name, is }) =>
      is?.State === 'Failed' || is?.LastUpdateStatus === 'Failed'
        ? [`${name} (${plain(is.StateReason ?? is.LastUpdateStatusReason ?? 'no reason is given', 200)})`]
        : [],
    );
    if (failed.length > 0)
      return broken(
        `Cannot run: ${failed.join('; ')}.`,
        `Deploy the stage again: npx serverless deploy --stage ${stage.stage} --region ${stage.region}.`,
      );
    return ok(`${looked.length} functions are there.`);
  },
};
