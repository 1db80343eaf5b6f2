// Apart from the rest: only services with a public API load what describes one.
export { ActsInWorkspace } from './openapi/acts-in-workspace.ts';
export { openApiText } from './openapi/document-text.ts';
export { ApiProblems, FieldProblem, Problem } from './openapi/problem.dto.ts';
