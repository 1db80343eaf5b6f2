import { type INestApplication, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';

function useCasesOf(controller: Type): Type[] {
  return (Reflect.getMetadata('design:paramtypes', controller) as Type[] | undefined) ?? [];
}

/**
 * The OpenAPI document of controllers as text, as it is kept in an app's `openapi.json`. Made from their decorations
 * alone, without database and settings: nothing is called, so that no use case need exist.
 * @param describe makes the document of an application that has these controllers
 */
export async function openApiText(
  controllers: readonly Type[],
  describe: (app: INestApplication) => OpenAPIObject,
): Promise<string> {
  @Module({
    controllers: [...controllers],
    providers: [...new Set(controllers.flatMap(useCasesOf))].map((provide) => ({ provide, useValue: {} })),
  })
  class DocumentedModule {}
  const app = await NestFactory.create(DocumentedModule, { logger: false, abortOnError: false });
  return `${JSON.stringify(describe(app), null, 2)}\n`;
}
