import { ProblemError, unreachable } from '@mooring/client';
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { nextStep } from './next-step.ts';
import classes from './problem-alert.module.css';

/** Any error as a problem. */
export function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : unreachable(error);
}

/** A failure in place: what happened, what to do next, the id that support asks for. */
export function ProblemAlert(props: {
  readonly error: unknown;
  readonly title?: string;
  readonly retry?: () => void;
  readonly children?: ReactNode;
}) {
  const problem = asProblem(props.error);
  return (
    <Alert
      role="alert"
      radius="lg"
      variant="default"
      className={classes.alert}
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={props.title ?? problem.title}
      classNames={{ title: classes.title, icon: classes.title, message: classes.message }}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {problem.detail} {nextStep(problem.action)}
        </Text>
        <DiagnosticId id={problem.requestId} />
        <Group gap="sm">
          {props.retry && (
            <Button size="sm" variant="default" onClick={props.retry}>
              Try again
            </Button>
          )}
          {props.children}
        </Group>
      </Stack>
    </Alert>
  );
}

/** The id that support finds the log lines by. */
export function DiagnosticId({ id }: { readonly id: string | null }) {
  if (!id) return null;
  return (
    <Text size="xs" c="dimmed">
      Diagnostic id <Code>{id}</Code>
    </Text>
  );
}
