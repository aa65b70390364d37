declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  type Options = {
    url: string
    dom_id: string
    deepLinking: boolean
    defaultModelsExpandDepth: number
    displayRequestDuration: boolean
    validatorUrl: null
    withCredentials: boolean
  }
  const SwaggerUI: (options: Options) => void
  // biome-ignore lint/style/noDefaultExport: the package has it so
  export default SwaggerUI
}
