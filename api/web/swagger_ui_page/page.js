SwaggerUIBundle({
  url: "/schema/openapi.json",
  dom_id: "#operations",
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  // By default the document's URL is sent to a validator on another host.
  validatorUrl: null,
  // Swagger UI gives its server selection no accessible name.
  onComplete: () => document.querySelector("#servers")?.setAttribute("aria-label", "Server"),
});
