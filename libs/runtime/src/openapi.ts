// Apart from the rest: only services with a public API load what describes one.
export { ActsInWorkspace } from './openapi/acts-in-workspace.ts';
export { KIND_PROPERTY, PLATFORM_PROPERTY } from './openapi/open-names.ts';
export { openApiText } from './openapi/document-text.ts';
export { ApiProblems, FieldProblem, Problem } from './openapi/problem.dto.ts';
