import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of the routes that notifications serves; the console's typed client is generated from it. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setTitle('Mooring notifications')
    .setDescription('The live stream, the in-app feed and the alerts of a workspace, for people.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, outline, { operationIdFactory: (_controller, method) => method });
}
