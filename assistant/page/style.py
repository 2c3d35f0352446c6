"""The colours and fonts of Gradio's own parts; our parts are styled by page.css."""

from __future__ import annotations

import gradio as gr

FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans"]
FONT_MONO = ["ui-monospace", "Consolas", "Liberation Mono"]


def page_theme() -> gr.themes.Base:
    """A calm theme in blue and grey; no font is fetched, since only names of fonts are given."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_lg,
        font=[*FONT, "sans-serif"],
        font_mono=[*FONT_MONO, "monospace"],
    ).set(
        body_background_fill="#f4f6f9",
        body_background_fill_dark="#10161f",
        body_text_color="#1a2433",
        body_text_color_dark="#e6ebf2",
        block_border_width="0px",
        button_primary_background_fill="#154273",
        button_primary_background_fill_hover="#0e3058",
        button_primary_background_fill_dark="#8ab4e8",
        button_primary_background_fill_hover_dark="#a9c8f0",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0b1a2c",
        button_primary_text_color_hover_dark="#0b1a2c",
        button_secondary_background_fill="#e3ecf6",
        button_secondary_background_fill_hover="#cfdff0",
        button_secondary_background_fill_dark="#1d2f47",
        button_secondary_background_fill_hover_dark="#2a4263",
        button_secondary_text_color="#154273",
        button_secondary_text_color_dark="#a9c8f0",
        block_background_fill="#ffffff",
        block_background_fill_dark="#18212d",
        block_label_background_fill="#ffffff",
        block_label_background_fill_dark="#18212d",
        block_label_text_color="#1a2433",
        block_label_text_color_dark="#e6ebf2",
        block_title_text_color="#1a2433",
        block_title_text_color_dark="#e6ebf2",
        border_color_primary="#c9d2de",
        border_color_primary_dark="#3a4757",
        input_background_fill="#ffffff",
        input_background_fill_dark="#10161f",
        input_border_width="1px",
        input_border_color="#6b7a90",
        input_border_color_dark="#8592a6",
        checkbox_border_color="#6b7a90",
        checkbox_border_color_dark="#8592a6",
    )
