"""A product is analysed, and the report corrected. See docs/products.md."""

from wyseos.mate import Client, SessionExecutionError

with Client() as client:
    try:
        report = client.product.create_and_wait(
            "https://example.com/solar-lantern",
            poll_interval=0.1,  # the real service asks for 20 seconds, the default
            on_poll=lambda attempt, status: print(f"look {attempt}: {status}"),
        )
    except SessionExecutionError as error:
        # Not done in time: one can go on waiting for the same product.
        report = client.product.wait_for_report(error.product_id or "", poll_interval=0.1)

    print(f"For {report.target_description}")
    print(f"Keywords: {', '.join(report.keywords or [])}")

    client.marketing.update_report(report.report_id, {"keywords": ["solar", "lantern"]})
    print(f"Now: {client.product.get_report(report.report_id).keywords}")
