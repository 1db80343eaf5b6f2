import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { openApiText } from '@mooring/runtime/openapi';
import { API_CONTROLLERS } from './api/controllers.ts';
import { describeApi } from './api/openapi.ts';

/** The OpenAPI document of this service as text. */
export const documentText = (): Promise<string> => openApiText(API_CONTROLLERS, describeApi);

if (import.meta.main) await writeFile(new URL('../openapi.json', import.meta.url), await documentText());
