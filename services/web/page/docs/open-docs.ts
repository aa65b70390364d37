import openSwaggerUi from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import 'swagger-ui-dist/swagger-ui.css'

openSwaggerUi({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // It would else show the document to somebody else's service.
  validatorUrl: null,
  // A browser that is logged in tries with its session.
  withCredentials: true,
})
