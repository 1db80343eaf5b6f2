import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { API_CONTROLLERS } from './api/controllers.ts';
import { describeApi } from './api/openapi.ts';

function useCasesOf(controller: Type): Type[] {
  return (Reflect.getMetadata('design:paramtypes', controller) as Type[] | undefined) ?? [];
}

// The document needs the controllers' decorations alone; nothing is called, so that no use case need exist.
@Module({
  controllers: API_CONTROLLERS,
  providers: [...new Set(API_CONTROLLERS.flatMap(useCasesOf))].map((provide) => ({ provide, useValue: {} })),
})
class DocumentedModule {}

/** The OpenAPI document as text, made without database and settings. */
export async function openApiText(): Promise<string> {
  const app = await NestFactory.create(DocumentedModule, { logger: false, abortOnError: false });
  return `${JSON.stringify(describeApi(app), null, 2)}\n`;
}

if (import.meta.main) await writeFile(new URL('../openapi.json', import.meta.url), await openApiText());
