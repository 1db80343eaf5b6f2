import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of the public API, made from the controllers; the console's typed client is generated from it. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setTitle('Mooring')
    .setDescription('Keeps social accounts connected. People and services present JWTs of issuers the operator trusts.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, outline, {
    operationIdFactory: (_controller, method) => method,
  });
}
