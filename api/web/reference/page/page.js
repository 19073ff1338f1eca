SwaggerUIBundle({
  url: "/schema/openapi.json",
  dom_id: "#operations",
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  // Otherwise the document's address is sent to a validator on another host.
  validatorUrl: null,
  // Swagger UI leaves its choice of servers without a name for screen readers.
  onComplete: () => document.querySelector("#servers")?.setAttribute("aria-label", "Server"),
});
