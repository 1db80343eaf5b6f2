import { PROBLEM_ACTIONS, PROBLEMS } from '@mooring/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiDefaultResponse, ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';

/** One field that was not accepted. */
export class FieldProblem {
  @ApiProperty({ description: 'JSON pointer (RFC 6901) into the request body' })
  pointer: string;

  @ApiProperty()
  detail: string;
}

/** RFC 9457, as every refusal is told. */
export class Problem {
  @ApiProperty({ description: 'URI of the kind of problem' })
  type: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  status: number;

  @ApiProperty({ description: 'The message to people' })
  detail: string;

  @ApiPropertyOptional()
  instance?: string;

  @ApiProperty({ enum: Object.keys(PROBLEMS), enumName: 'ProblemCode' })
  code: string;

  @ApiProperty({ description: 'Diagnostic id: support finds the log lines by it' })
  requestId: string;

  @ApiProperty({ description: 'The same request may succeed later' })
  retryable: boolean;

  @ApiProperty({ enum: PROBLEM_ACTIONS, enumName: 'ProblemAction', description: 'The next step' })
  action: string;

  @ApiPropertyOptional({ type: [FieldProblem] })
  errors?: FieldProblem[];
}

/** Says in the OpenAPI document that whatever is not a success is a {@link Problem}. */
export const ApiProblems = () =>
  applyDecorators(
    ApiExtraModels(Problem),
    ApiDefaultResponse({
      description: 'Any refusal, as RFC 9457 problem details',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
    }),
  );
