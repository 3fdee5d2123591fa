# What the tray and notifications say. A variable that begins with `text` is a sentence of its own, `count` a number,
# `time` a time; anything else is a name.

## Tray

tray-calling = { $textwho } đang gọi
tray-somebody = Có người
tray-shared = Màn hình của bạn đang được chia sẻ
tray-shared-until = Màn hình của bạn được chia sẻ đến { $time }
tray-unnamed = { $text }, không nêu tên người gọi
tray-sharing = Tôi đang chia sẻ màn hình
tray-hindered = Có điều gì trên máy tính này khiến không thấy được cuộc gọi: hãy kiểm tra
tray-dnd-30 = Không làm phiền trong 30 phút
tray-dnd-60 = Không làm phiền trong 1 giờ
tray-dnd-until = Không làm phiền đến
tray-dnd-tomorrow = Không làm phiền đến ngày mai
tray-dnd-open = Không làm phiền cho đến khi tôi tắt
tray-dnd-keep = Giữ bật không làm phiền
tray-dnd-off = Tắt không làm phiền
tray-no-recent = Không có cuộc gọi gần đây
tray-recent = Cuộc gọi gần đây
tray-missed-seen = Đánh dấu cuộc gọi nhỡ là đã xem
tray-check = Kiểm tra kết nối
tray-open = Mở Ringside
tray-quit = Thoát
tray-called = { $who } (đã gọi)
tray-missed = { $who } (nhỡ)
tray-answered-elsewhere = { $who } (đồng nghiệp đã trả lời)
tray-was-here = { $who } (đã gọi đến)
tray-rings = Điện thoại của bạn đang đổ chuông
tray-busy = Bạn đang trong cuộc gọi
tray-away = Bạn vắng mặt
tray-available = Bạn đang rảnh
tray-offline = Bạn đã đăng xuất
tray-dnd = Không làm phiền đang bật
tray-no-account = Chưa có tài khoản: mở Ringside để thêm
tray-unknown = Không rõ trạng thái của bạn
tray-asking = { $text } · không làm phiền vẫn bật: có giữ không?
tray-state-dnd = { $text } · không làm phiền
tray-state-dnd-until = { $text } · không làm phiền đến { $time }
tray-dnd-on-until = Không làm phiền đang bật đến { $time }
tray-missed-one = 1 cuộc gọi nhỡ
tray-missed-many = { $count } cuộc gọi nhỡ
account-connecting = { $account }: đang kết nối
account-lacking = { $account }: đã kết nối, nhưng không nghe được tất cả
account-waiting = { $account }: chưa kết nối, đang thử lại
account-sign-in = { $account }: cần đăng nhập
account-stopped = { $account }: đã dừng

## Notifications

alert-incoming = Cuộc gọi đến
alert-missed-who = Cuộc gọi nhỡ: { $textwho }
alert-missed = Cuộc gọi nhỡ
alert-open = Mở
alert-pick-up = Nhấc máy
alert-silence = Im lặng
alert-call-back = Gọi lại
alert-call = Gọi
alert-note = Ghi chú: { $note }
alert-look-up-at = Tra cứu tại { $host }
alert-look-up = Tra cứu
alert-quiet = Im lặng hôm nay
alert-copy = Sao chép số
alert-hidden = Số ẩn
alert-unknown = Người gọi không rõ
free = { $who } đang rảnh
free-not = { $who } vẫn chưa rảnh
free-asked = Bạn đã yêu cầu báo lúc { $time } · { $account }
reminder = Gọi lại: { $textwho }
reminder-why = Bạn muốn gọi lại.
dnd-still = Không làm phiền vẫn đang bật
dnd-still-why = Cuộc gọi sẽ im lặng cho đến khi bạn tắt.
dnd-keep-on = Giữ bật
dnd-switch-off = Tắt
no-tray = Ringside chạy không có biểu tượng khay
no-tray-why = Màn hình này không hiện khay. Cuộc gọi vẫn được báo; mở Ringside từ danh sách ứng dụng, mục của nó cũng bật tắt không làm phiền.
reach-ok = Cuộc gọi sẽ đến được bạn
reach-warn = Cuộc gọi sẽ đến được bạn, nhưng hãy xem điều này
reach-fail = Cuộc gọi có thể không đến được bạn
reach-good = Đã kiểm tra { $count } mục, tất cả đều ổn.

## Days before a time

day-mon = T2 { $time }
day-tue = T3 { $time }
day-wed = T4 { $time }
day-thu = T5 { $time }
day-fri = T6 { $time }
day-sat = T7 { $time }
day-sun = CN { $time }
